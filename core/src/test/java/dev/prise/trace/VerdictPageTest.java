package dev.prise.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.VerdictTest.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/verdicts.md: each kind with an example; {@code -Dprise.regenerate=true} writes it anew. */
class VerdictPageTest {
    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("verdicts.md");

    private static final AddressInfo SIX = VerdictTest.address("2001:db8::1", 443);
    private static final AddressInfo FOUR = VerdictTest.address("192.0.2.1", 443);
    private static final AddressInfo FOUR_TOO = VerdictTest.address("192.0.2.2", 443);

    private static Story story() {
        return new Story("www.example", "443");
    }

    private static Map<Verdict.Kind, Verdict> examples() {
        Map<Verdict.Kind, Verdict> examples = new EnumMap<>(Verdict.Kind.class);
        for (Verdict each : List.of(
                story().won(SIX, 12, 31).end(31),
                story().answered(AddressFamily.UNSPEC, 0, 2_400, SIX)
                        .won(SIX, 2_400, 2_419)
                        .end(2_419),
                story().pending(AddressFamily.INET6, 0, 81)
                        .answered(AddressFamily.INET, 0, 12, FOUR)
                        .won(FOUR, 62, 81)
                        .end(81),
                story().won(FOUR, 0, 1_019).end(1_019),
                story().failed(SIX, 12, 12, ErrorCode.NETWORK_UNREACHABLE)
                        .won(FOUR, 12, 31)
                        .end(31),
                story().lost(SIX, 12, 281).won(FOUR, 262, 281).end(281),
                story().lost(FOUR, 12, 281).won(SIX, 262, 281).end(281),
                story().failed(FOUR, 12, 31, ErrorCode.CONNECTION_REFUSED)
                        .won(FOUR_TOO, 31, 50)
                        .end(50),
                story().failed(AddressFamily.UNSPEC, 0, 12, ErrorCode.HOST_NOT_FOUND)
                        .end(ErrorCode.HOST_NOT_FOUND, 12),
                story().empty(AddressFamily.INET6, 0, 12).end(ErrorCode.NO_DATA, 12),
                story().failed(AddressFamily.UNSPEC, 0, 10_000, ErrorCode.TRY_AGAIN)
                        .end(ErrorCode.TRY_AGAIN, 10_000),
                story().failed(AddressFamily.UNSPEC, 0, 12, ErrorCode.TRY_AGAIN).end(ErrorCode.TRY_AGAIN, 12),
                story().failed(FOUR, 12, 31, ErrorCode.CONNECTION_REFUSED).end(ErrorCode.CONNECTION_REFUSED, 31),
                story().timedOut(SIX, 12, 30_000).timedOut(FOUR, 262, 30_000).end(ErrorCode.TIMED_OUT, 30_000),
                story().failed(FOUR, 12, 31, ErrorCode.HOST_UNREACHABLE).end(ErrorCode.HOST_UNREACHABLE, 31),
                new Story("/run/db.sock", "")
                        .failed(VerdictTest.socketAt("/run/db.sock"), 0, 1, ErrorCode.NO_SUCH_FILE)
                        .end(ErrorCode.NO_SUCH_FILE, 1),
                story().failed(FOUR, 12, 50, ErrorCode.CONNECTION_RESET).end(ErrorCode.CONNECTION_RESET, 50),
                story().failed(FOUR, 12, 50, ErrorCode.TLS_CERTIFICATE, "the certificate expired on 2026-01-31")
                        .end(ErrorCode.TLS_CERTIFICATE, 50),
                story().failed(
                                FOUR,
                                12,
                                50,
                                ErrorCode.TLS_HANDSHAKE,
                                "the peer does not speak TLS, it began with \"SSH-2.0\"")
                        .end(ErrorCode.TLS_HANDSHAKE, 50),
                story().reachedAndTimedOut(FOUR, 12, 31, 30_000).end(ErrorCode.TIMED_OUT, 30_000),
                story().failed(FOUR, 12, 12, ErrorCode.TOO_MANY_OPEN_FILES).end(ErrorCode.TOO_MANY_OPEN_FILES, 12),
                story().timedOut(SIX, 12, 30_000)
                        .failed(FOUR, 262, 281, ErrorCode.CONNECTION_REFUSED)
                        .end(ErrorCode.TIMED_OUT, 30_000),
                story().timedOut(SIX, 12, 700).end(ErrorCode.CANCELLED, 700),
                story().failed(AddressFamily.UNSPEC, 0, 1, ErrorCode.LOOKUP_MEMORY)
                        .end(ErrorCode.LOOKUP_MEMORY, 1))) {
            assertThat(examples.put(each.kind(), each))
                    .as("a second example of %s", each)
                    .isNull();
        }
        return examples;
    }

    private static List<String> page() {
        List<String> lines = new ArrayList<>(List.of(
                "# Verdicts",
                "",
                "`Verdict.of(trace)` says in plain words what a dial comes down to: a kind, one sentence, mostly one sentence of",
                "advice, and for a dial that connected what each delay has cost (`250 ms lost: IPv6 2001:db8::1 did not answer`).",
                "",
                "A verdict says no more than the trace shows. Silence is told as silence; what it may come from is advice. A loser is",
                "called broken only when it had twice the time in which the winner was there. A name server that says SERVFAIL after",
                "a long time looks the same to a program as one that does not answer, and the advice says so. What happens after the",
                "connection has been handed over is not in a trace: `prise connect` tells that by itself.",
                "",
                "Kinds are only added, never renamed or given another meaning. Words may get better. This page is made from the code",
                "(`mvn test -pl core -Dtest=VerdictPageTest -Dprise.regenerate=true`), and a test fails when it is stale; `VerdictTest`",
                "holds the sentences, and `VerdictIT` makes the failures that matter most for real.",
                "",
                "| kind | for example | advice |",
                "|---|---|---|"));
        examples()
                .forEach((kind, verdict) -> lines.add("| `" + kind + "` | " + cell(verdict.sentence()) + " | "
                        + (verdict.advice() == null ? "" : cell(verdict.advice())) + " |"));
        return lines;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    @Test
    @DisplayName("each kind has an example")
    void everyKind() {
        assertThat(examples().keySet()).containsExactly(Verdict.Kind.values());
    }

    @Test
    @DisplayName("docs/verdicts.md is what the code says; -Dprise.regenerate=true writes it")
    void pageIsFresh() throws IOException {
        if (Boolean.getBoolean("prise.regenerate")) {
            Files.write(PAGE, page());
        }
        assertThat(Files.readAllLines(PAGE)).isEqualTo(page());
    }
}
