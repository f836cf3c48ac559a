package dev.prise.rivals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@link Socket}. */
final class JdkSocket implements Client {

    @Override
    public String connect(String host, int port, @Nullable Duration timeout) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, port), timeout == null ? 0 : Math.toIntExact(timeout.toMillis()));
            return socket.getInetAddress().getHostAddress();
        }
    }
}
