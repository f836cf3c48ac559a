package dev.prise.cli;

import dev.prise.address.PlainText;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The three standard streams of a command, and what can be shown on them. Data goes to the output, everything else to the errors. */
final class Console {
    private static final int WIDTH_OF_A_FILE = 100;

    /** More than any sentence of ours; what is longer has somebody's argument in it. */
    private static final int LONGEST_SENTENCE = 4000;

    private final ReadableByteChannel in;
    private final WritableByteChannel out;
    private final PrintStream err;
    private final Charset outCharset;
    private final Map<String, String> environment;
    private final IntPredicate isTerminal;

    Console(
            ReadableByteChannel in,
            WritableByteChannel out,
            PrintStream err,
            Charset outCharset,
            Map<String, String> environment,
            IntPredicate isTerminal) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.outCharset = outCharset;
        this.environment = environment;
        this.isTerminal = isTerminal;
    }

    /** The console of this process. */
    @SuppressWarnings("resource") // the standard streams stay open as long as the process
    static Console ofProcess() {
        return new Console(
                new FileInputStream(FileDescriptor.in).getChannel(),
                new FileOutputStream(FileDescriptor.out).getChannel(),
                System.err,
                System.out.charset(),
                System.getenv(),
                Terminal::is);
    }

    /** Standard input, for bytes. */
    ReadableByteChannel in() {
        return in;
    }

    /** Standard output, for bytes. */
    WritableByteChannel out() {
        return out;
    }

    /** A variable of the environment, empty when it is not set. */
    String environment(String name) {
        return environment.getOrDefault(name, "");
    }

    boolean inIsTerminal() {
        return isTerminal.test(0);
    }

    boolean outIsTerminal() {
        return isTerminal.test(1);
    }

    boolean errorIsTerminal() {
        return isTerminal.test(2);
    }

    /**
     * Writes a line to the output at once.
     *
     * @throws OutputException when it does not take it
     */
    void println(String line) {
        write(line + "\n", outCharset);
    }

    /** Writes text to the output at once; as {@link #println}. */
    void print(String text) {
        write(text, outCharset);
    }

    /** Writes a line to the output in UTF-8, whatever the terminal's character set (RFC 8259 section 8.1). */
    void printlnUtf8(String line) {
        write(line + "\n", StandardCharsets.UTF_8);
    }

    private void write(String text, Charset charset) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(charset));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    /** Writes {@code prise: } and a sentence to the errors: as one line, but broken between words where a person reads it in a window. */
    void say(String sentence) {
        String line = "prise: " + PlainText.shortened(PlainText.of(sentence), LONGEST_SENTENCE);
        Terminal.Size window =
                line.length() > Terminal.LEAST_WIDTH && errorIsTerminal() ? Terminal.size(environment, 2) : null;
        errorLine(
                window == null
                        ? line
                        : String.join("\n", Columns.wrapped(line, Math.max(window.columns(), Terminal.LEAST_WIDTH))));
    }

    /** Writes a line of ours to the errors. */
    void errorLine(String line) {
        errorPart(line + "\n");
    }

    /** Writes a part of a line to the errors as it is, such as one that will be written over. */
    void errorPart(String text) {
        err.print(text);
        err.flush();
    }

    Style outStyle(ColorChoice colors) {
        return style(1, width(1), outCharset, colors);
    }

    Style errorStyle(ColorChoice colors) {
        return style(2, width(2), err.charset(), colors);
    }

    /** The output as a screen to draw on; null where it is no terminal, or one that cannot move its cursor. */
    @Nullable
    Screen outScreen(ColorChoice colors) {
        return screen(1, this::print, outCharset, colors);
    }

    /** The errors as a screen to draw on; as {@link #outScreen}. */
    @Nullable
    Screen errorScreen(ColorChoice colors) {
        return screen(2, this::errorPart, err.charset(), colors);
    }

    private @Nullable Screen screen(int descriptor, Consumer<String> writer, Charset charset, ColorChoice colors) {
        boolean dumb = List.of("", "dumb").contains(environment("TERM"));
        // the width is that of the moment in which something is drawn
        return dumb || !isTerminal.test(descriptor)
                ? null
                : new Screen(
                        writer, () -> Terminal.size(environment, descriptor), style(descriptor, 0, charset, colors));
    }

    private int width(int descriptor) {
        return Terminal.width(environment, descriptor, isTerminal.test(descriptor), WIDTH_OF_A_FILE);
    }

    private Style style(int descriptor, int width, Charset charset, ColorChoice colors) {
        boolean terminal = isTerminal.test(descriptor);
        boolean colored = switch (colors) {
            case always -> true;
            case never -> false;
            // https://no-color.org: any value but the empty one
            case auto ->
                terminal
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !"dumb".equals(environment.get("TERM"));
        };
        return new Style(width, charset.equals(StandardCharsets.UTF_8), colored);
    }
}
