package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.prise.Dialer;
import dev.prise.resolve.Resolvers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command with many targets on loopback. */
@Timeout(120)
class CheckIT {
    @TempDir
    Path folder;

    /** A listener whose queue is full: Linux drops what else comes. */
    private static final class Hole implements AutoCloseable {
        private static final int MOST_FILLERS = 64;

        private final ServerSocket listener = new ServerSocket();
        private final List<Socket> fillers = new ArrayList<>();
        private boolean drops;

        Hole() throws IOException {
            listener.bind(new InetSocketAddress(Loopback.four(1), 0), 1);
            while (!drops && fillers.size() < MOST_FILLERS) {
                Socket filler = new Socket();
                fillers.add(filler);
                try {
                    filler.connect(listener.getLocalSocketAddress(), 300);
                } catch (SocketTimeoutException e) {
                    drops = true;
                }
            }
        }

        boolean isOne(String leftOut) {
            if (!drops) {
                System.out.println("Left out: " + leftOut + ", because this system accepts more than a queue holds");
            }
            return drops;
        }

        String target() {
            return "127.0.0.1:" + listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    private static String target(ServerSocket server) {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private static String lastLine(String text) {
        return text.lines().reduce("", (before, line) -> line);
    }

    @Test
    void countsAreRightAndTheOrderIsThatOfTheList() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 500, Loopback.four(1));
                ClosedPort port = ClosedPort.any();
                Hole hole = new Hole()) {
            if (!hole.isOne("counts of a check")) {
                return;
            }
            List<String> targets = new ArrayList<>();
            targets.addAll(Collections.nCopies(200, target(server)));
            targets.addAll(Collections.nCopies(150, "127.0.0.1:" + port.number()));
            targets.addAll(Collections.nCopies(50, hole.target()));
            Collections.shuffle(targets, new Random(7));
            Path list = Files.write(folder.resolve("list"), targets);
            Launched.Ended ended = Launched.run("check", "--timeout", "2s", "--file", list.toString());
            assertThat(ended.err()).isEmpty();
            assertThat(ended.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
            assertThat(lastLine(ended.out()))
                    .startsWith("400 targets: 200 connected, 200 not connected (150 refused, 50 silent), in ");
            List<String> shown = ended.out()
                    .lines()
                    .skip(1)
                    .takeWhile(line -> !line.isEmpty())
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .toList();
            assertThat(shown).isEqualTo(targets);
        }
    }

    @Test
    void allConnectedIsZeroAndNothingElseIsSaid() throws IOException {
        try (ServerSocket server = LocalServers.server();
                Launched check = Launched.start("check", "--at-once", "1", "--file", "-", target(server))) {
            Launched.Ended ended = check.end(target(server) + "\n" + target(server));
            assertThat(ended.status()).isZero();
            assertThat(ended.err()).isEmpty();
            assertThat(lastLine(ended.out())).startsWith("3 targets: 3 connected, 0 not connected, in ");
        }
    }

    @Test
    void badTargetsAreNamedBeforeAnythingIsConnectedTo() throws IOException {
        try (ServerSocket server = LocalServers.server()) {
            Launched.Ended ended = Launched.run("check", target(server), "two words", "localhost:0");
            assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).hasLineCount(3).contains("\"two words\"", "the port 0", "2 targets are bad");
            server.setSoTimeout(1);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void eachShowsTheHalfThatIsDead() throws IOException {
        if (!LocalServers.hasSix("a check of each address")) {
            return;
        }
        try (ClosedPort port = ClosedPort.any();
                ServerSocket server = port.listen()) {
            String name = "localhost:" + server.getLocalPort();
            Launched.Ended raced = Launched.run("check", name);
            assertThat(raced.status()).isZero();
            assertThat(lastLine(raced.out())).startsWith("1 target: 1 connected (1 with broken IPv6), 0 not connected");
            Launched.Ended each = Launched.run("check", "--each", name, target(server));
            assertThat(each.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
            assertThat(each.out().lines().skip(1).limit(3).map(line -> line.replaceAll(" +", " ")))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith(name + " ::1 IPv6 ")
                                    .contains("refused"),
                            line -> assertThat(line).startsWith(name + " 127.0.0.1 IPv4 "),
                            line -> assertThat(line).startsWith(target(server) + " 127.0.0.1 IPv4 "));
            assertThat(lastLine(each.out()))
                    .startsWith("2 targets, 3 results: 2 connected, 1 not connected (1 refused), in ");
            assertThat(Launched.run("check", "--each", "-4", name).status()).isZero();
        }
    }

    @Test
    void jsonAndJunitTellTheSame() throws IOException {
        try (ServerSocket server = LocalServers.server();
                ClosedPort port = ClosedPort.any()) {
            Path junit = folder.resolve("junit.xml");
            Launched.Ended ended = Launched.run(
                    "check",
                    "--json",
                    "--junit",
                    junit.toString(),
                    target(server),
                    "127.0.0.1:" + port.number(),
                    "unix:/<script>\u001b[31m",
                    "nosuchhost.invalid");
            assertThat(ended.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
            assertThat(JsonCheck.parse(ended.out())).asInstanceOf(MAP).satisfies(check -> {
                assertThat(check).containsEntry("connected", 1.0).containsEntry("failed", 3.0);
                assertThat(check.get("results"))
                        .asInstanceOf(LIST)
                        .hasSize(4)
                        .element(1)
                        .satisfies(second -> {
                            Map<?, ?> verdict = (Map<?, ?>) ((Map<?, ?>) second).get("verdict");
                            assertThat(verdict.get("kind")).isEqualTo("refused");
                        });
            });
            assertThat(ended.out()).doesNotContain("\u001b");
            assertThat(Files.readString(junit))
                    .contains("tests=\"4\" failures=\"3\" errors=\"0\"", "type=\"refused\"", "type=\"name_unknown\"")
                    .doesNotContain("<script>", "\u001b");
        }
    }

    @Test
    void thePageHasEachTarget() throws IOException {
        try (ServerSocket server = LocalServers.server();
                ClosedPort port = ClosedPort.any()) {
            Path page = folder.resolve("page.html");
            Launched.Ended ended = Launched.run(
                    "check",
                    "--html",
                    page.toString(),
                    target(server),
                    "127.0.0.1:" + port.number(),
                    "unix:/<script>alert(1)</script>");
            assertThat(ended.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
            assertThat(Files.readString(page))
                    .contains(target(server), "127.0.0.1:" + port.number(), "refused", "&lt;script&gt;")
                    .doesNotContain("<script>");
            Launched.Ended piped = Launched.run("check", "--each", "--html", "-", target(server));
            assertThat(piped.status()).isZero();
            assertThat(piped.out())
                    .startsWith("<!DOCTYPE html>")
                    .contains("each by itself")
                    .endsWith("</html>\n");
        }
    }

    @Test
    void anInterruptionShowsWhatIsKnown() throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 50, Loopback.four(1));
                ClosedPort port = ClosedPort.any();
                Hole hole = new Hole()) {
            if (!hole.isOne("the interruption of a check")) {
                return;
            }
            Path junit = folder.resolve("junit.xml");
            List<String> targets = List.of(hole.target(), "127.0.0.1:" + port.number(), target(server));
            try (Launched check = Launched.start(
                    "check",
                    "-v",
                    "--timeout",
                    "0",
                    "--junit",
                    junit.toString(),
                    "--at-once",
                    "3",
                    targets.get(1),
                    targets.get(0),
                    targets.get(2))) {
                // what is ahead of the hole is told at once, and the server has been connected to
                assertThat(check.errorLine()).contains(port.text());
                server.accept().close();
                if (ExitStatusIT.ignoresInterrupt(check.pid())) {
                    System.out.println(
                            "Left out: the interruption of a check, because SIGINT is ignored where this test runs");
                    return;
                }
                new ProcessBuilder("kill", "-INT", "" + check.pid()).start().waitFor();
                Launched.Ended ended = check.end("");
                assertThat(ended.status()).isEqualTo(ExitStatus.INTERRUPTED);
                assertThat(ended.out()).contains(targets.get(1) + "  ").doesNotContain(targets.get(0));
                assertThat(lastLine(ended.out())).startsWith("interrupted: 3 targets: ");
                assertThat(Files.readString(junit)).contains("<skipped message=\"interrupted\"/>", "refused");
            }
        }
    }

    @Test
    void aReportThatCannotBeWrittenIsTold() throws IOException {
        Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            System.out.println("Left out: reports of a check on a full disk, because there is no " + full);
            return;
        }
        try (ServerSocket server = LocalServers.server()) {
            Path page = folder.resolve("page.html");
            Launched.Ended ended =
                    Launched.run("check", "--junit", full.toString(), "--html", page.toString(), target(server));
            assertThat(ended.status()).isEqualTo(ExitStatus.BROKEN);
            assertThat(ended.err())
                    .isEqualTo("prise: --junit /dev/full cannot be written: No space left on device;"
                            + " make room or write elsewhere\n");
            assertThat(page).isNotEmptyFile();
        }
    }

    /** Inside this process, so that its sockets can be counted. */
    @Test
    void noMoreThanAskedForAreUnderWay() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            System.out.println("Left out: the descriptors of a check, because there is no " + descriptors);
            return;
        }
        try (Hole hole = new Hole()) {
            if (!hole.isOne("the descriptors of a check")) {
                return;
            }
            List<String> targets = Collections.nCopies(40, hole.target());
            List<CheckResult> results = new ArrayList<>();
            AtomicInteger most = new AtomicInteger();
            int before = count(descriptors);
            CheckRun run = new CheckRun(
                    targets,
                    Dialer.builder().deadline(Duration.ofMillis(200)).build(),
                    Resolvers.preferred(),
                    null,
                    10,
                    results::add,
                    (done, failed) -> most.accumulateAndGet(count(descriptors) - before, Math::max));
            assertThat(run.run()).isEqualTo(40);
            assertThat(results).hasSize(40);
            // a selector takes three
            assertThat(most.get()).isBetween(10, 10 + 8);
        }
    }

    private static int count(Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? 0 : names.length;
    }

    @Test
    void aReaderThatHasEnoughEndsItQuietly() throws IOException {
        try (ClosedPort port = ClosedPort.any()) {
            Path list = Files.write(
                    folder.resolve("list"),
                    IntStream.range(0, 20_000)
                            .mapToObj(i -> "127.0.0.1:" + port.number())
                            .toList());
            try (Launched check = Launched.start("check", "--file", list.toString())) {
                check.out().read();
                check.out().close();
                assertThat(check.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
                assertThat(check.restOfErrors()).isEmpty();
            }
            Path junit = folder.resolve("check.xml");
            try (Launched check = Launched.start("check", "--file", list.toString(), "--junit", junit.toString())) {
                check.out().read();
                check.out().close();
                assertThat(check.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
                assertThat(check.restOfErrors()).isEmpty();
            }
            assertThat(junit).content().contains("failures=\"20000\"");
        }
    }

    @Test
    void nothingIsRememberedUnlessItIsAskedFor() throws IOException {
        try (ServerSocket server = LocalServers.server()) {
            Map<String, String> noVariable = Map.of("PRISE_HISTORY", "", "XDG_CACHE_HOME", folder.toString());
            try (Launched check = Launched.start(noVariable, "check", target(server))) {
                assertThat(check.end("").status()).isZero();
            }
            assertThat(folder).isEmptyDirectory();
            Path memory = folder.resolve("memory");
            assertThat(Launched.run("check", "--history", memory.toString(), target(server))
                            .status())
                    .isZero();
            assertThat(memory).isNotEmptyFile();
        }
    }
}
