package dev.prise.cli;

import dev.prise.trace.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Results as JUnit's XML, as build servers read it: a suite with a case for each result. The cases wait in a temporary file, since how many
 * of them failed comes before them.
 */
final class JunitReport implements AutoCloseable {
    private static final String CLASS_NAME = "prise.check";
    private static final int REPLACEMENT = 0xfffd;
    private static final int ENOUGH = 1 << 16;

    private final ReportFile file;
    private final FileChannel cases;
    private final StringBuilder text = new StringBuilder();
    private int count;
    private int failures;

    private JunitReport(ReportFile file, FileChannel cases) {
        this.file = file;
        this.cases = cases;
    }

    /**
     * One with nothing in it.
     *
     * @throws CommandException when the file cannot be written
     */
    static JunitReport open(String name) {
        ReportFile file = ReportFile.open("--junit", name);
        try {
            Path waiting = Files.createTempFile("prise-junit", null);
            return new JunitReport(
                    file,
                    FileChannel.open(
                            waiting,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            file.close();
            throw noRoom(e);
        }
    }

    private static CommandException noRoom(IOException e) {
        return new CommandException(
                ExitStatus.NOT_CONNECTED,
                "--junit needs a temporary file, which cannot be written: " + FileReasons.of(e)
                        + "; make room, or set java.io.tmpdir in PRISE_JAVA_OPTS");
    }

    void add(CheckResult result) {
        count++;
        text.append("<testcase");
        attribute(text, "classname", CLASS_NAME);
        attribute(text, "name", result.name());
        attribute(text, "time", seconds(result.trace().elapsedNanos()));
        if (result.connected()) {
            text.append("/>\n");
        } else {
            failures++;
            failure(result.verdict());
        }
        if (text.length() >= ENOUGH) {
            flush();
        }
    }

    private void failure(Verdict verdict) {
        text.append("><failure");
        attribute(text, "message", verdict.sentence());
        attribute(text, "type", verdict.kind().name().toLowerCase(Locale.ROOT));
        text.append('>');
        String advice = verdict.advice();
        append(text, advice == null ? verdict.sentence() : advice);
        text.append("</failure></testcase>\n");
    }

    /**
     * Writes the document.
     *
     * @param missing how many targets were not come to the end of, because the check was interrupted: one case that is skipped
     * @param statusOfFailure the exit status when it cannot be written
     */
    void end(int missing, long elapsedNanos, int statusOfFailure) {
        if (missing > 0) {
            count++;
            text.append("<testcase");
            attribute(text, "classname", CLASS_NAME);
            attribute(text, "name", missing + " more");
            attribute(text, "time", seconds(0));
            text.append("><skipped message=\"interrupted\"/></testcase>\n");
        }
        flush();
        StringBuilder head = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite");
        attribute(head, "name", "prise check");
        attribute(head, "tests", Integer.toString(count));
        attribute(head, "failures", Integer.toString(failures));
        attribute(head, "errors", "0");
        attribute(head, "skipped", missing > 0 ? "1" : "0");
        attribute(head, "time", seconds(elapsedNanos));
        head.append(">\n");
        file.write(statusOfFailure, out -> {
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            Channels.newInputStream(cases.position(0)).transferTo(out);
            out.write("</testsuite>\n</testsuites>\n".getBytes(StandardCharsets.UTF_8));
        });
    }

    private void flush() {
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
        try {
            while (bytes.hasRemaining()) {
                cases.write(bytes);
            }
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    @Override
    public void close() {
        file.close();
        try {
            cases.close();
        } catch (IOException e) {
            // it has been read, or nobody will
        }
    }

    private static String seconds(long nanos) {
        long millis = Math.max(0, nanos) / 1_000_000;
        return millis / 1000 + "." + Long.toString(1000 + millis % 1000).substring(1);
    }

    private static void attribute(StringBuilder out, String name, String value) {
        out.append(' ').append(name).append("=\"");
        append(out, value);
        out.append('"');
    }

    /** Whatever could end or begin something else, or would not come back as it is, stands as a number. */
    private static void append(StringBuilder out, String text) {
        text.codePoints().forEach(c -> {
            if (!isXml(c)) {
                out.appendCodePoint(REPLACEMENT);
            } else if (c < ' ' || (c >= 0x7f && c < 0xa0) || "<>&\"'".indexOf(c) >= 0) {
                out.append("&#").append(c).append(';');
            } else {
                out.appendCodePoint(c);
            }
        });
    }

    /** Char of XML 1.0, section 2.2. */
    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c < 0xd800)
                || (c >= 0xe000 && c < 0xfffe)
                || c >= 0x10000;
    }
}
