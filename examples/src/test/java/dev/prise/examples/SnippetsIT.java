package dev.prise.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.DialResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What README.md and docs/tls.md show of the library works. */
class SnippetsIT {
    private static final int TUTORIAL_PORT = 27015;

    @Test
    void readme() throws IOException {
        ServerSocket listener;
        try {
            listener = new ServerSocket(TUTORIAL_PORT);
        } catch (BindException e) {
            System.out.println("Left out: the library's lines of README.md, because port 27015 is taken");
            return;
        }
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (OneAnswer server = OneAnswer.on(listener, SnippetsIT::echo)) {
            System.setOut(new PrintStream(printed, true, UTF_8));
            Snippets.dial();
            Snippets.lookup();
            assertThat(server.port()).isEqualTo(TUTORIAL_PORT);
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(UTF_8)).matches("this is a test\\R.* in \\d+ ms\\R");
    }

    private static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    @BeforeAll
    static void sayWhatIsLeftOut() {
        System.out.println(
                "Left out: the first lines of docs/tls.md, which are compiled only, because no server of this machine has a"
                        + " certificate that the Java library trusts");
    }

    @Test
    void greeting() throws IOException {
        try (OneAnswer server = OneAnswer.on(
                        "127.0.0.1", 0, socket -> socket.getOutputStream().write('!'));
                DialResult result = Snippets.greeted().dial("127.0.0.1", server.port())) {
            assertThat(result.trace().attempts().get(0).reachedNanos()).isNotNull();
        }
        try (OneAnswer server = OneAnswer.on("127.0.0.1", 0, socket -> {})) {
            assertThatThrownBy(() -> Snippets.greeted().dial("127.0.0.1", server.port()))
                    .hasMessageContaining("hung up before the greeting");
        }
    }
}
