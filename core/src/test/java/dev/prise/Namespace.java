package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a class of the tests as a process of its own in new namespaces of network and mounts, which end with it. Needs Linux and root.
 */
public final class Namespace {
    private static final int PATIENCE_SECONDS = 60;

    private Namespace() {}

    /** Why there can be no namespace here, told in the log as left out; null when there can. */
    public static @Nullable String obstacle(String what) throws IOException, InterruptedException {
        String obstacle = null;
        if (!System.getProperty("os.name").equals("Linux")) {
            obstacle = "this is not Linux";
        } else {
            try {
                Process trial = new ProcessBuilder(
                                "unshare", "--net", "--mount", "sh", "-c", "ip link add v0 type veth peer name v1")
                        .redirectErrorStream(true)
                        .start();
                String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (trial.waitFor() != 0) {
                    obstacle = "there can be no network namespace: " + said.strip();
                }
            } catch (IOException e) {
                obstacle = "there is no unshare: " + e.getMessage();
            }
        }
        if (obstacle != null) {
            System.out.println("Left out: " + what + ", because " + obstacle);
        }
        return obstacle;
    }

    /**
     * What a class prints.
     *
     * @param setUp commands of a shell that ends at the first one that fails
     */
    public static List<String> run(String setUp, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("unshare", "--net", "--mount", "sh", "-e", "-c"));
        command.add("ip link set lo up\n" + setUp + "\nexec \"$@\"");
        command.addAll(List.of(
                "sh", Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m", "-cp"));
        command.add(place(Dialer.class) + ":" + place(main));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("namespace", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            Process process = builder.start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            List<String> lines = Files.readAllLines(out);
            assertThat(ended && process.exitValue() == 0)
                    .as(String.join("\n", lines))
                    .isTrue();
            return lines;
        } finally {
            Files.delete(out);
        }
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
