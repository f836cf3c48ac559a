package dev.prise.lab.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A {@code LabServer} in a process of its own in a namespace, and the way to tell it what to do. Thread-safe. */
public final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    private ServerProcess(Process process) {
        this.process = process;
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts the server with the Java and the class path of this process.
     *
     * @param inNamespace how to run a command in the namespace
     */
    public static ServerProcess open(UnaryOperator<List<String>> inNamespace) throws IOException {
        Process process = new ProcessBuilder(inNamespace.apply(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.prise.lab.LabServer")))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ServerProcess server = new ServerProcess(process);
        String said = server.out.readLine();
        if (!"ready".equals(said)) {
            server.close();
            throw new IOException("the server does not start: " + said);
        }
        return server;
    }

    /**
     * Tells it a line.
     *
     * @return its answer, without the {@code ok} before it
     * @throws IOException if it cannot or does not want to
     */
    public synchronized String tell(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
        @Nullable String said = out.readLine();
        if (said == null || !(said.equals("ok") || said.startsWith("ok "))) {
            throw new IOException("the server's answer to '" + line + "': " + said);
        }
        return said.substring(2).strip();
    }

    /** Ends it; it ends by itself when this process does. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }
}
