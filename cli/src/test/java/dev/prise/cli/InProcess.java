package dev.prise.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs the command inside the test. */
record InProcess(int status, String out, String err) {
    /** A console without input, whose output nobody reads. */
    static Console console() {
        return console(StandardCharsets.UTF_8, Map.of(), "", new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    /** A console with these variables, whose output nobody reads. */
    static Console console(Map<String, String> environment) {
        return console(
                StandardCharsets.UTF_8, environment, "", new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    /** A console of whose output the test reads the errors. */
    static Console console(OutputStream errors) {
        return console(StandardCharsets.UTF_8, Map.of(), "", new ByteArrayOutputStream(), errors);
    }

    static InProcess run(String... arguments) {
        return run(StandardCharsets.UTF_8, Map.of(), "", arguments);
    }

    static InProcess run(Charset charset, Map<String, String> environment, String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Prise.run(console(charset, environment, input, out, err), arguments);
        return new InProcess(status, out.toString(charset), err.toString(charset));
    }

    private static Console console(
            Charset charset, Map<String, String> environment, String input, OutputStream out, OutputStream err) {
        return new Console(
                Channels.newChannel(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))),
                Channels.newChannel(out),
                new PrintStream(err, true, charset),
                charset,
                environment,
                descriptor -> false);
    }
}
