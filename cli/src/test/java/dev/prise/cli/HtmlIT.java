package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** {@code trace --html} by the real command. */
class HtmlIT {
    @TempDir
    Path folder;

    @Test
    void writesThePageBesideTheTable() throws Exception {
        Path file = folder.resolve("page.html");
        try (ServerSocket server = LocalServers.server()) {
            String port = "" + server.getLocalPort();
            Launched.Ended ended = Launched.run("trace", "--html", file.toString(), "127.0.0.1", port);
            assertThat(ended.status()).isZero();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).contains("1. 127.0.0.1");
            Element page = page(Files.readString(file));
            assertThat(heading(page)).isEqualTo("127.0.0.1 port " + port);
            assertThat(Pages.text(page)).contains("Connected", "Java " + System.getProperty("java.version"));
        }
    }

    @Test
    void writesItBesideJson() throws Exception {
        Path file = folder.resolve("page.html");
        try (ServerSocket server = LocalServers.server()) {
            Launched.Ended ended =
                    Launched.run("trace", "--json", "--html", file.toString(), "127.0.0.1", "" + server.getLocalPort());
            assertThat(JsonCheck.parse(ended.out())).isNotNull();
            assertThat(heading(page(Files.readString(file)))).startsWith("127.0.0.1 port ");
        }
    }

    @Test
    void aHyphenIsStandardOutput() throws Exception {
        try (ServerSocket server = LocalServers.server()) {
            String port = "" + server.getLocalPort();
            Launched.Ended ended = Launched.run("trace", "--html", "-", "127.0.0.1", port);
            assertThat(ended.status()).isZero();
            assertThat(ended.err()).isEmpty();
            assertThat(heading(page(ended.out()))).isEqualTo("127.0.0.1 port " + port);
            Launched.Ended both = Launched.run("trace", "--json", "--html", "-", "127.0.0.1", port);
            assertThat(both.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(both.err())
                    .isEqualTo("prise: --json and --html - are both for standard output; give --html a file\n");
        }
    }

    @Test
    void theStatusStaysThatOfTheDial() throws Exception {
        Path file = folder.resolve("page.html");
        try (ClosedPort port = ClosedPort.any()) {
            Launched.Ended refused = Launched.run("trace", "--html", file.toString(), "127.0.0.1", port.text());
            assertThat(refused.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
            assertThat(refused.err()).hasLineCount(1);
            assertThat(Pages.text(page(Files.readString(file))))
                    .contains("Not connected", "ECONNREFUSED: refused", "WSAECONNREFUSED 10061");
        }
        Launched.Ended unknown = Launched.run("trace", "--html", file.toString(), "nosuchhost.invalid");
        assertThat(unknown.status()).isEqualTo(ExitStatus.NOT_RESOLVED);
        assertThat(Pages.text(page(Files.readString(file)))).contains("EAI_NONAME: name not known");
    }

    @Test
    void aTargetThatIsATagDoesNoHarm() throws Exception {
        Path file = folder.resolve("page.html");
        String path = folder.resolve("<script>alert(1)<").toString();
        Launched.Ended ended = Launched.run("trace", "--html", file.toString(), "unix:" + path + "/script>\"'&\u202e");
        assertThat(ended.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
        String text = Files.readString(file);
        assertThat(text).doesNotContain("<script", "\u202e");
        assertThat(heading(page(text))).endsWith("<script>alert(1)</script>\"'&[U+202E]");
    }

    @Test
    void whatCannotBeWrittenIsToldBeforeTheDial() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(Loopback.four(1), 0));
            server.configureBlocking(false);
            String port = "" + ((InetSocketAddress) server.getLocalAddress()).getPort();
            for (Path file : new Path[] {folder, folder.resolve("nowhere/page.html")}) {
                Launched.Ended ended = Launched.run("trace", "--html", file.toString(), "127.0.0.1", port);
                assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
                assertThat(ended.out()).isEmpty();
                assertThat(ended.err()).hasLineCount(1).startsWith("prise: --html " + file + " ");
            }
            assertThat(server.accept()).isNull();
        }
    }

    @Test
    void whatCannotBeWrittenAfterItIsToldToo() throws IOException {
        if (!Files.exists(Path.of("/dev/full"))) {
            System.out.println("Left out: a page for a full disk, because there is no /dev/full");
            return;
        }
        try (ServerSocket server = LocalServers.server();
                ClosedPort closed = ClosedPort.any()) {
            Launched.Ended broken =
                    Launched.run("trace", "--html", "/dev/full", "127.0.0.1", "" + server.getLocalPort());
            assertThat(broken.status()).isEqualTo(ExitStatus.BROKEN);
            assertThat(broken.err())
                    .startsWith("prise: --html /dev/full cannot be written: ")
                    .hasLineCount(1);
            Launched.Ended refused = Launched.run("trace", "--html", "/dev/full", "127.0.0.1", closed.text());
            assertThat(refused.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
            assertThat(refused.err()).hasLineCount(2);
        }
    }

    private static Element page(String text) throws Exception {
        return Pages.parsed(text).getDocumentElement();
    }

    private static String heading(Element page) {
        return Pages.text(Pages.all(page, "h1").get(0));
    }
}
