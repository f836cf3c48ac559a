package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServerTest {
    @Test
    void closingEndsTheThreadsThatAccept() throws Exception {
        LinkedBlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
        List<Thread> acceptors;
        try (Server server = Server.on(List.of(Loopback.four(1)), 0)) {
            acceptors = server.accept(accepted::add);
            try (Socket client = new Socket(Loopback.four(1), server.port());
                    SocketChannel connection = accepted.take()) {
                assertThat(connection.isOpen() && client.isConnected()).isTrue();
            }
        }
        for (Thread acceptor : acceptors) {
            assertThat(acceptor.join(Duration.ofSeconds(20))).isTrue();
        }
    }
}
