package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The live view on a terminal, as script(1) makes one. */
@Timeout(120)
class LiveWaterfallIT {
    private static final int ROWS = 24;
    private static final int COLUMNS = 80;
    private static final String ESCAPE = "\u001b";

    /** Says what is left out when there is none. */
    private static boolean hasScript() {
        try {
            Process script = new ProcessBuilder("script", "-qec", "exit 7", "/dev/null")
                    .redirectErrorStream(true)
                    .start();
            script.getOutputStream().close();
            script.getInputStream().readAllBytes();
            if (script.waitFor() == 7) {
                return true;
            }
        } catch (IOException e) {
            // there is no such program
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        System.out.println("Left out: the live view on a terminal, because there is no script(1) of util-linux");
        return false;
    }

    @Test
    void theFinalFormStandsInThePlaceOfTheLiveOne() throws IOException {
        if (!hasScript()) {
            return;
        }
        try (Hole hole = new Hole();
                Launched trace = onTerminal(Map.of(), "", "trace", "--timeout", "1s", "127.0.0.1", hole.port())) {
            String shown = rest(trace, "");
            assertThat(trace.status()).isEqualTo(1);
            assertThat(shown).contains("connecting", "no answer yet");
            String whole = shown.substring(shown.indexOf("not connected") - "\u001b[31m".length());
            assertThat(ScreenModel.showing(ROWS, COLUMNS, shown).text())
                    .isEqualTo(ScreenModel.showing(ROWS, COLUMNS, whole).text())
                    .first()
                    .asString()
                    .startsWith("not connected to 127.0.0.1 port ");
            assertThat(whole.replaceAll("\u001b\\[[0-9]+m", "")).doesNotContain(ESCAPE);
        }
    }

    @Test
    void aSentenceIsBrokenBetweenWordsInAWindowAndNowhereElse() throws IOException {
        if (!hasScript()) {
            return;
        }
        String[] wrong = {"connect", "--timeout", "soon", "localhost", "80"};
        String sentence = Launched.run(wrong).err().strip();
        assertThat(sentence).hasSizeGreaterThan(COLUMNS).doesNotContain("\n");
        try (Launched connect = onTerminal(Map.of(), "", wrong)) {
            String shown = rest(connect, "");
            assertThat(connect.status()).isEqualTo(ExitStatus.USAGE);
            List<String> lines = shown.strip().lines().toList();
            assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.length() <= COLUMNS);
            assertThat(String.join(" ", lines)).isEqualTo(sentence);
        }
    }

    @Test
    void interruptedItLeavesItsLastPictureAndAFreshLine() throws IOException {
        if (!hasScript()) {
            return;
        }
        try (Hole hole = new Hole();
                Launched trace = onTerminal(Map.of(), "", "trace", "127.0.0.1", hole.port())) {
            String shown = readUntil(trace, "no answer yet");
            trace.in().write(3);
            trace.in().flush();
            shown = rest(trace, shown);
            assertThat(trace.status()).isEqualTo(ExitStatus.INTERRUPTED);
            ScreenModel screen = ScreenModel.showing(ROWS, COLUMNS, shown);
            assertThat(screen.text().getFirst())
                    .matches("interrupted while connecting to 127\\.0\\.0\\.1 port [0-9]+, after [0-9.]+ m?s");
            assertThat(screen.text()).hasSize(4).last().asString().contains("1. 127.0.0.1", "no answer yet");
            assertThat(screen.text()).noneMatch(line -> line.contains("^C"));
            assertThat(screen.row()).isEqualTo(4);
            assertThat(screen.column()).isZero();
            assertThat(shown).doesNotContain("[?25l");
        }
    }

    @Test
    void verboseIsLiveOnTheErrors() throws IOException {
        if (!hasScript()) {
            return;
        }
        try (Hole hole = new Hole();
                Launched connect = onTerminal(
                        Map.of(), ">/dev/null", "connect", "-z", "-v", "--timeout", "1s", "127.0.0.1", hole.port())) {
            String shown = rest(connect, "");
            assertThat(shown).contains("connecting");
            assertThat(ScreenModel.showing(ROWS, COLUMNS, shown).text())
                    .noneMatch(line -> line.contains("connecting"))
                    .first()
                    .asString()
                    .startsWith("not connected to ");
        }
    }

    @Test
    void noColorIsLiveAllTheSame() throws IOException {
        if (!hasScript()) {
            return;
        }
        try (Hole hole = new Hole();
                Launched trace =
                        onTerminal(Map.of("NO_COLOR", "1"), "", "trace", "--timeout", "1s", "127.0.0.1", hole.port())) {
            assertThat(rest(trace, "")).contains("connecting").doesNotContainPattern("\u001b\\[[0-9]*m");
        }
    }

    @Test
    void nothingMovesWhereNothingCanOrShall() throws IOException {
        if (!hasScript()) {
            return;
        }
        try (Hole hole = new Hole()) {
            String port = hole.port();
            assertThat(shown(Map.of("TERM", "dumb"), "", "trace", "--timeout", "500ms", "127.0.0.1", port))
                    .startsWith("not connected")
                    .doesNotContain(ESCAPE);
            assertThat(shown(Map.of(), "", "trace", "--json", "--timeout", "500ms", "127.0.0.1", port))
                    .startsWith("{")
                    .doesNotContain(ESCAPE);
            assertThat(shown(Map.of(), "2>/dev/null | cat", "trace", "--timeout", "500ms", "127.0.0.1", port))
                    .startsWith("not connected")
                    .doesNotContain(ESCAPE);
        }
    }

    private static String shown(Map<String, String> environment, String redirections, String... arguments) {
        try (Launched launched = onTerminal(environment, redirections, arguments)) {
            return rest(launched, "");
        }
    }

    private static Launched onTerminal(Map<String, String> environment, String redirections, String... arguments) {
        return Launched.startOnTerminal(ROWS, COLUMNS, environment, redirections, arguments);
    }

    private static String readUntil(Launched launched, String awaited) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream out = launched.out();
        // what is awaited has only characters of one byte
        while (text.indexOf(awaited) < 0) {
            int next = out.read();
            if (next < 0) {
                throw new AssertionError("ended before '" + awaited + "': " + text);
            }
            text.append((char) next);
        }
        return new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String rest(Launched launched, String before) {
        try {
            return before + new String(launched.out().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
