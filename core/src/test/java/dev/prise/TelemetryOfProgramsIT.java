package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs with and without the module {@code jdk.jfr}, with and without logging: what they are told, and what they need not load. */
@Timeout(120)
class TelemetryOfProgramsIT {
    private static final String MODULE = "module app { requires dev.prise.core; requires static java.logging; }";

    private static final String DIALS = """
            package app;

            import dev.prise.Dialer;
            import java.net.InetAddress;
            import java.net.ServerSocket;

            public class Dials {
                public static void main(String[] args) throws Exception {
                    dial();
                    System.out.println("dialled, jdk.jfr " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
                }

                static void dial() throws Exception {
                    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                        Dialer.create().dial("127.0.0.1", server.getLocalPort()).close();
                        Dialer.create().dialAsync("127.0.0.1", server.getLocalPort()).get().close();
                    }
                }
            }
            """;

    /** Sets its logging up itself, and waits for the lines. */
    private static final String LOGS = """
            package app;

            import java.util.concurrent.CountDownLatch;
            import java.util.logging.Handler;
            import java.util.logging.Level;
            import java.util.logging.LogRecord;
            import java.util.logging.Logger;

            public class Logs {
                public static void main(String[] args) throws Exception {
                    CountDownLatch first = new CountDownLatch(2);
                    Logger logger = Logger.getLogger("dev.prise");
                    logger.setLevel(Level.FINE);
                    logger.setUseParentHandlers(false);
                    logger.addHandler(new Handler() {
                        @Override
                        public void publish(LogRecord record) {
                            System.out.println(Thread.currentThread().getName().replaceAll("(ForkJoinPool|prise-completion).*", "pool")
                                    + " " + record.getLevel() + " " + record.getMessage());
                            first.countDown();
                        }

                        @Override
                        public void flush() {}

                        @Override
                        public void close() {}
                    });
                    Dials.dial();
                    first.await();
                    // written by the thread that dials as soon as the first ones are out
                    Thread later = null;
                    for (Thread thread : Thread.getAllStackTraces().keySet()) {
                        later = thread.getName().equals("prise-log") ? thread : later;
                    }
                    if (later != null) {
                        later.join();
                    }
                    Dials.dial();
                }
            }
            """;

    @TempDir
    Path folder;

    private String core;
    private String app;

    @BeforeEach
    void compile() throws Exception {
        core = place(Dialer.class);
        Path source = Files.createDirectories(folder.resolve("source/app"));
        app = folder.resolve("classes").toString();
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-p",
                        core + File.pathSeparator + place(NullMarked.class),
                        "-d",
                        app,
                        Files.writeString(source.resolve("Dials.java"), DIALS).toString(),
                        Files.writeString(source.resolve("Logs.java"), LOGS).toString(),
                        Files.writeString(folder.resolve("source/module-info.java"), MODULE)
                                .toString());
        assertThat(status).isZero();
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    @Test
    @DisplayName("without the module dials go on as ever")
    void withoutTheModule() throws Exception {
        String both = core + File.pathSeparator + app;
        assertThat(run("--limit-modules", "java.base", "-cp", both, "app.Dials"))
                .isEqualTo("dialled, jdk.jfr false");
        assertThat(run("--limit-modules", "app", "-p", both, "-m", "app/app.Dials"))
                .isEqualTo("dialled, jdk.jfr false");
    }

    @Test
    @DisplayName("a recording from the command line has the dials of a program on the module path")
    void onTheModulePath() throws Exception {
        Path file = folder.resolve("dials.jfr");
        String told = run(
                "-XX:StartFlightRecording:filename=" + file,
                "-Xlog:jfr+startup=off",
                "-p",
                core + File.pathSeparator + app,
                "-m",
                "app/app.Dials");
        assertThat(told).isEqualTo("dialled, jdk.jfr true");
        assertThat(RecordingFile.readAllEvents(file))
                .extracting(RecordedEvent::getEventType)
                .extracting(type -> type.getName())
                .filteredOn(name -> name.startsWith("dev.prise."))
                .containsExactlyInAnyOrder(
                        "dev.prise.Dial", "dev.prise.Attempt", "dev.prise.Dial", "dev.prise.Attempt");
    }

    @Test
    @DisplayName("a program that is over soon and does not log loads neither logging nor any event of a recording")
    void loadsNothing() throws Exception {
        String told = run("-Xlog:class+load", "-cp", core + File.pathSeparator + app, "app.Dials");
        assertThat(told.lines().map(line -> line.replaceAll("^.*\\] (\\S+) .*", "$1")))
                .contains("dev.prise.Dialer", "dev.prise.telemetry.FlightRecordings", "dev.prise.telemetry.DialLog")
                .noneMatch(name -> name.startsWith("java.util.logging.")
                        || name.startsWith("sun.util.logging.")
                        || name.startsWith("jdk.internal.logger.")
                        || name.startsWith("jdk.jfr.internal.")
                        || name.equals("jdk.jfr.Event")
                        || name.endsWith("FlightEvent")
                        || name.equals("dev.prise.telemetry.DialLine"));
    }

    @Test
    @DisplayName(
            "logging that is set up on the command line has a line for each dial, also when the program is over soon")
    void logsAtOnce() throws Exception {
        Path settings = Files.writeString(folder.resolve("logging.properties"), """
                handlers=java.util.logging.ConsoleHandler
                java.util.logging.ConsoleHandler.level=FINE
                java.util.logging.SimpleFormatter.format=%3$s %4$s %5$s%n
                dev.prise.level=FINE
                """);
        String told = run(
                "-Duser.language=en",
                "-Djava.util.logging.config.file=" + settings,
                "-cp",
                core + File.pathSeparator + app,
                "app.Dials");
        assertThat(told.lines())
                .filteredOn(line -> line.startsWith("dev.prise FINE 127.0.0.1:"))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).contains(" connected to 127.0.0.1:").contains("; attempt 1 to "));
    }

    @Test
    @DisplayName(
            "a program that sets its logging up itself has the lines of its first dials a second later, and then on the spot")
    void logsLater() throws Exception {
        String told = run("-cp", core + File.pathSeparator + app, "app.Logs");
        assertThat(told.lines().map(line -> line.replaceAll("^(\\S+ \\S+ \\S+):.*", "$1")))
                .containsExactly(
                        "prise-log FINE 127.0.0.1",
                        "prise-log FINE 127.0.0.1",
                        "main FINE 127.0.0.1",
                        "pool FINE 127.0.0.1");
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }
}
