package dev.prise.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The server as the laboratory starts it: a process of its own, from the jar. */
@Timeout(60)
class ScriptedDnsProcessIT {
    @TempDir
    Path folder;

    private Path script;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void writeScript() throws IOException {
        script = Files.writeString(folder.resolve("test.zone"), "a.dns.test A answer 192.0.2.1\n");
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void saysWhereItListensAnswersLogsAndEndsWhenTold() throws Exception {
        Path log = folder.resolve("log.tsv");
        Process process = server("127.0.0.1", "0", script.toString(), "--log", log.toString());
        BufferedReader out = process.inputReader();
        String first = out.readLine();
        assertThat(first).matches("listening on 127\\.0\\.0\\.1:\\d+");

        int port = Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
        Message answer = new SimpleResolver(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port))
                .send(Message.newQuery(Record.newRecord(Name.fromConstantString("a.dns.test."), Type.A, DClass.IN)));
        process.toHandle().destroy(); // unlike that of a Process, it leaves the streams

        assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
        assertThat(process.waitFor()).as("ended by SIGTERM").isEqualTo(128 + 15);
        assertThat(out.readLine()).isNull();
        assertThat(errors(process)).isEmpty();
        assertThat(Files.readAllLines(log)).anyMatch(line -> line.contains("udp\ta.dns.test\tA\tquery\t-\t127.0.0.1:"));
    }

    @Test
    void endsByItselfAfterItsSeconds() throws Exception {
        Process process = server("127.0.0.1", "0", script.toString(), "--for", "0");

        assertThat(process.waitFor()).isZero();
        assertThat(process.inputReader().readLine()).startsWith("listening on 127.0.0.1:");
        assertThat(errors(process)).isEmpty();
    }

    @Test
    void aMistakeInTheScriptIsStatusTwoAndASentence() throws Exception {
        Files.writeString(script, "a.dns.test A anser 192.0.2.1\n");
        Process process = server("127.0.0.1", "0", script.toString());

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(errors(process))
                .isEqualTo("ScriptedDns: " + script
                        + ":1: expected answer, empty, nxdomain, servfail, refused or drop, but found \"anser\"\n");
    }

    @Test
    void wrongArgumentsAreStatusTwo() throws Exception {
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of("localhost", "53", script.toString()),
                List.of("127.0.0.1", "65536", script.toString()),
                List.of("127.0.0.1", "0", script.toString(), "--for"))) {
            Process process = server(wrong.toArray(String[]::new));

            assertThat(process.waitFor()).isEqualTo(2);
            assertThat(errors(process)).contains("use it as ScriptedDns ADDRESS PORT ZONEFILE");
        }
    }

    @Test
    void aFileThatIsNotThereIsStatusOne() throws Exception {
        Process process = server("127.0.0.1", "0", folder.resolve("absent.zone").toString());

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(errors(process)).contains("absent.zone").hasLineCount(1);
    }

    private Process server(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("prise.lab.jar")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
