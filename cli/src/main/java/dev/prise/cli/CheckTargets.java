package dev.prise.cli;

import dev.prise.InvalidTargetException;
import dev.prise.Target;
import dev.prise.address.ErrorCode;
import dev.prise.address.PlainText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the targets of a check from arguments and files; all of them are looked at before any is used. */
final class CheckTargets {
    static final int MOST = 250_000;

    /** More than any name or path that a socket takes. */
    private static final int LONGEST_LINE = 4096;

    private static final long MOST_BYTES = 16L << 20;

    /** More sentences than anybody reads; what is beyond is counted. */
    private static final int MOST_NAMED = 1000;

    private static final int LONGEST_SHOWN = 100;
    private static final String STANDARD_INPUT = "standard input";
    private static final String DEFAULT_SERVICE = Integer.toString(Target.DEFAULT_PORT);
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Console console;
    private final boolean tls;
    private final List<String> targets = new ArrayList<>();
    private int bad;

    /** What is wrong with the only bad target; null when there is none, and when there are more. */
    private @Nullable String onlyOne;

    private CheckTargets(Console console, boolean tls) {
        this.console = console;
        this.tls = tls;
    }

    /**
     * The targets as they were written, the arguments first; {@link #parse} takes each of them.
     *
     * @param files names of files, {@code -} for standard input
     * @param tls whether a path is no target
     * @throws CommandException when there are none, or when one is bad: all of these have been named by then
     */
    static List<String> read(Console console, List<String> arguments, List<String> files, boolean tls) {
        CheckTargets read = new CheckTargets(console, tls);
        try {
            for (String argument : arguments) {
                read.add("", argument);
            }
            for (String file : files) {
                read.file(file);
            }
        } catch (CommandException e) {
            read.sayOnlyOne();
            throw e;
        }
        if (read.onlyOne != null) {
            throw CommandException.usage(read.onlyOne);
        }
        if (read.bad > 0) {
            throw CommandException.usage(read.bad + " targets are bad; nothing was connected to");
        }
        if (read.targets.isEmpty()) {
            throw CommandException.usage(
                    files.isEmpty()
                            ? "there is nothing to check; give HOST[:PORT], or --file FILE with one on each line"
                            : "there is nothing to check: no target in " + called(files));
        }
        return read.targets;
    }

    /**
     * A target of the list.
     *
     * @throws InvalidTargetException when it is none
     */
    static Target parse(String text) {
        return Target.parse(text, DEFAULT_SERVICE);
    }

    private static String called(List<String> files) {
        return shown(files.stream()
                .map(name -> name.equals("-") ? STANDARD_INPUT : name)
                .collect(Collectors.joining(", ")));
    }

    private void file(String name) {
        try {
            if (name.equals("-")) {
                lines(STANDARD_INPUT, Channels.newInputStream(console.in()));
                return;
            }
            Path path = Path.of(name);
            if (name.isEmpty() || Files.isDirectory(path)) {
                throw CommandException.usage("--file takes a file, and '" + name + "' is none; give a list of targets");
            }
            try (InputStream in = Files.newInputStream(path)) {
                lines(name, in);
            }
        } catch (InvalidPathException e) {
            throw CommandException.usage("--file '" + name + "' cannot be a file; give a list of targets");
        } catch (IOException e) {
            throw CommandException.usage("--file " + name + " cannot be read: " + FileReasons.of(e));
        }
    }

    /** A line is never held that is longer than a target can be. */
    private void lines(String name, InputStream given) throws IOException {
        InputStream in = new BufferedInputStream(given, 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        long read = 0;
        for (int number = 1; ; number++) {
            line.reset();
            int length = 0;
            int next = in.read();
            while (next > 0 && next != '\n') {
                if (length++ < LONGEST_LINE) {
                    line.write(next);
                }
                next = in.read();
            }
            read += length + 1L;
            if (next == 0) {
                throw CommandException.usage(name + " has a NUL byte in line " + number
                        + "; give a text file in UTF-8, one target on a line");
            }
            if (read > MOST_BYTES) {
                throw CommandException.usage(name + " has more than 16 MB; give less at once");
            }
            line(name + " line " + number + ": ", line.toByteArray(), length);
            if (next < 0) {
                return;
            }
        }
    }

    private void line(String where, byte[] bytes, int length) {
        if (length > LONGEST_LINE) {
            tell(where + "it is longer than any target");
            return;
        }
        int from = where.endsWith(" line 1: ") && startsWithMark(bytes) ? MARK.length : 0;
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length - from))
                    .toString();
        } catch (CharacterCodingException e) {
            tell(where + "it is no text in UTF-8");
            return;
        }
        String target = withoutComment(text).strip();
        if (!target.isEmpty()) {
            add(where, target);
        }
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= MARK.length && bytes[0] == MARK[0] && bytes[1] == MARK[1] && bytes[2] == MARK[2];
    }

    /** A number sign begins a comment at the start of the line and after a blank: elsewhere it may belong to a path. */
    private static String withoutComment(String line) {
        for (int at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1)) {
            if (at == 0 || Character.isWhitespace(line.charAt(at - 1))) {
                return line.substring(0, at);
            }
        }
        return line;
    }

    private void add(String where, String text) {
        String objection = objection(text);
        if (objection != null) {
            tell(where + objection);
        } else if (targets.size() == MOST) {
            throw CommandException.usage("there are more than " + MOST + " targets; give less at once");
        } else {
            targets.add(text);
        }
    }

    private @Nullable String objection(String text) {
        if (text.equals("-")) {
            return "'-' is no host; --file - reads the targets from standard input";
        }
        if (text.chars().allMatch(c -> c >= '0' && c <= '9') && !text.isEmpty()) {
            return "'" + shown(text) + "' is a number and no host; write HOST:PORT as one word";
        }
        try {
            Target target = parse(text);
            return tls && target.unixPath() != null
                    ? "--tls is for hosts, and '" + shown(text) + "' is a socket of this machine"
                    : null;
        } catch (InvalidTargetException e) {
            return e.getMessage() + "; " + advice(text, e);
        }
    }

    private static String advice(String text, InvalidTargetException e) {
        boolean words = e.code() == ErrorCode.HOST_NOT_FOUND && text.indexOf(' ') > 0;
        return words ? "write HOST:PORT as one word" : e.code().advice();
    }

    /** The first is kept for the end: when it is the only one, that is all there is to say. */
    private void tell(String sentence) {
        bad++;
        if (bad == 1) {
            onlyOne = sentence;
            return;
        }
        sayOnlyOne();
        if (bad <= MOST_NAMED) {
            console.say(sentence);
        }
    }

    private void sayOnlyOne() {
        if (onlyOne != null) {
            console.say(onlyOne);
            onlyOne = null;
        }
    }

    private static String shown(String text) {
        return PlainText.shortened(PlainText.of(text), LONGEST_SHOWN);
    }
}
