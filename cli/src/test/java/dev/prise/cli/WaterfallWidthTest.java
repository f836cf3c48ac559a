package dev.prise.cli;

import static org.assertj.core.api.Assertions.fail;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No line of a waterfall is wider than the window, whatever names and errors have been sent. */
class WaterfallWidthTest {
    private static final long SEED = 8305;
    private static final String[] HOSTILE = {
        "a",
        "example.",
        "xn--",
        "\u001b[2J",
        "\u001b]0;title\u0007",
        "\u009b31m",
        "\r\n",
        "\t",
        " ",
        "\u202e\u2066",
        "\u65e5\u672c\u8a9e",
        "\ud55c\uad6d\uc5b4",
        "\uff21",
        "\u1112\u1161\u11ab",
        "e\u0301\u0302\u0303\u0304",
        "\u0301",
        "\u20dd",
        "\ud83d\ude00",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\ud83c\uddeb\ud83c\uddf7",
        "\u2764\ufe0f",
        "\ud83d\udc4d\ud83c\udffd",
        "\ud842\udfb7",
        "\ud83e\uee00",
        "\ud800",
        "\u0600",
        "\u05d0\u05d1",
        "\ue000",
        "\u2588",
        "fe80::1234:5678:9abc:def0%enp0s31f6",
    };

    private final Random random = new Random(SEED);

    @Test
    void neverWiderThanTheWindow() {
        for (int width = 40; width <= 200; width++) {
            for (int i = 0; i < 12; i++) {
                Trace trace = trace();
                check(trace, new Style(width, true, false));
                check(trace, new Style(width, true, true));
                check(trace, new Style(width, false, false));
            }
        }
    }

    private static void check(Trace trace, Style style) {
        for (String line : Waterfall.of(trace, style)) {
            String plain = style.colors() ? line.replaceAll("\u001b\\[[0-9]+m", "") : line;
            boolean clean = plain.codePoints().allMatch(c -> c >= ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0));
            // in another character set each character that it does not have comes out as one question mark
            int bytes = style.blocks() ? 0 : plain.getBytes(StandardCharsets.US_ASCII).length;
            if (!clean || columns(plain) > style.width() || bytes > style.width()) {
                fail("%s: %s columns, %s bytes: '%s'", style, columns(plain), bytes, plain);
            }
        }
    }

    /** Measured otherwise than by the program: by scripts and categories, and no terminal gives a flag's letters more. */
    static int columns(String text) {
        return text.codePoints()
                .map(c -> switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
                    default -> isWide(c) ? 2 : 1;
                })
                .sum();
    }

    private static boolean isWide(int c) {
        boolean eastern = switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, YI, BOPOMOFO, TANGUT -> true;
            default -> false;
        };
        boolean narrow = (c >= 0x1160 && c <= 0x11ff) || (c >= 0xff61 && c <= 0xffdc);
        return (eastern && !narrow) || Character.isEmojiPresentation(c) || (c >= 0xff01 && c <= 0xff60);
    }

    private Trace trace() {
        List<Trace.Lookup> lookups = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            lookups.add(lookup(i));
        }
        List<Trace.Attempt> attempts = new ArrayList<>();
        List<Trace.Candidate> candidates = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 1; i <= count; i++) {
            AddressInfo address = address();
            attempts.add(attempt(i * (random.nextInt(40) == 0 ? 1000 : 1), address, Trace.AttemptOutcome.FAILED));
            candidates.add(new Trace.Candidate(address, text(60)));
        }
        candidates.add(new Trace.Candidate(address(), text(200)));
        Trace.Attempt winner = null;
        if (count > 0 && random.nextBoolean()) {
            winner = attempt(count + 1, address(), Trace.AttemptOutcome.CONNECTED);
            attempts.add(winner);
        }
        String service = random.nextInt(4) == 0 ? "" : text(40) + "s";
        return new Trace(
                text(300),
                service,
                winner == null ? Trace.Outcome.FAILED : Trace.Outcome.CONNECTED,
                time(),
                winner,
                winner == null ? failure() : null,
                lookups,
                candidates,
                attempts);
    }

    private Trace.Lookup lookup(int id) {
        Trace.LookupOutcome outcome = pick(Trace.LookupOutcome.values());
        long start = time();
        return new Trace.Lookup(
                id,
                pick(AddressFamily.INET, AddressFamily.INET6, AddressFamily.UNSPEC),
                text(60),
                random.nextInt(3) == 0 ? text(200) : null,
                start,
                start + time(),
                outcome,
                List.of(text(50)),
                outcome == Trace.LookupOutcome.FAILED ? failure() : null);
    }

    private Trace.Attempt attempt(int id, AddressInfo address, Trace.AttemptOutcome given) {
        Trace.AttemptOutcome outcome =
                given == Trace.AttemptOutcome.FAILED && random.nextBoolean() ? Trace.AttemptOutcome.CANCELLED : given;
        long start = time();
        Long reached = random.nextInt(3) == 0 ? start + time() / 2 : null;
        return new Trace.Attempt(
                id,
                address,
                pick(Trace.Why.values()),
                start,
                start + time(),
                outcome,
                outcome == Trace.AttemptOutcome.CONNECTED ? null : failure(),
                reached);
    }

    private Trace.@Nullable Failure failure() {
        return new Trace.Failure(random.nextInt(3) == 0 ? ErrorCode.UNKNOWN : pick(ErrorCode.values()), text(300));
    }

    private AddressInfo address() {
        return switch (random.nextInt(3)) {
            case 0 ->
                AddressInfo.stream(new InetSocketAddress(
                        InetAddress.ofLiteral("2001:db8:1234:5678:9abc:def0:1234:" + random.nextInt(1, 9999)), 443));
            case 1 ->
                AddressInfo.stream(new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + random.nextInt(256)), 1));
            default -> path();
        };
    }

    private AddressInfo path() {
        try {
            return AddressInfo.stream(UnixDomainSocketAddress.of("/" + text(80)));
        } catch (InvalidPathException e) {
            // the character set of this machine's files does not have it
            return AddressInfo.stream(UnixDomainSocketAddress.of("/" + "x".repeat(random.nextInt(1, 80))));
        }
    }

    private long time() {
        return random.nextLong(
                switch (random.nextInt(3)) {
                    case 0 -> 90_000_000L;
                    case 1 -> 30_000_000_000L;
                    default -> Long.MAX_VALUE / 4;
                });
    }

    private String text(int most) {
        int length = random.nextInt(1, most);
        StringBuilder text = new StringBuilder();
        boolean mixed = random.nextBoolean();
        String one = pick(HOSTILE);
        while (text.length() < length) {
            text.append(mixed ? pick(HOSTILE) : one);
        }
        return text.toString();
    }

    @SafeVarargs
    private <T> T pick(T... from) {
        return from[random.nextInt(from.length)];
    }
}
