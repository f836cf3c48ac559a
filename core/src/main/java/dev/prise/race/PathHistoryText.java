package dev.prise.race;

import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a {@link PathHistory}, one line for each entry; docs/history.md describes it.
 *
 * <p>In the text times are milliseconds since 1970, since the clock of a memory ends with its process.
 */
final class PathHistoryText {
    private static final String HEAD = "prise-paths 1";
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    /** Two processes read the clock, and one of them rounds. */
    private static final long TOLERATED_FUTURE_MILLIS = 1_000;

    private static final int MOST_DEMOTIONS = 1_000;

    /** Weights are written in thousandths. */
    private static final double THOUSAND = 1_000;

    private static final int MOST_THOUSANDTHS = 10_000;

    private final PathHistory history;
    private final long nowNanos;
    private final long nowMillis;

    PathHistoryText(PathHistory history, long nowNanos, long nowMillis) {
        this.history = history;
        this.nowNanos = nowNanos;
        this.nowMillis = nowMillis;
    }

    // ---- writing

    String write(int mostEntries) {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        history.dialsInTexts = history.dials;
        text.append("dials ")
                .append(history.dials)
                .append(' ')
                .append(Long.toHexString(history.seed))
                .append('\n');
        history.networks.forEach((network, standings) -> standings.forEach((family, standing) -> {
            if (!standing.isForgotten(nowNanos)) {
                write(text, network, family, standing);
            }
        }));
        int troubles = Math.min(history.troubles.size(), mostEntries / 2);
        int roundTrips = Math.min(history.roundTrips.size(), mostEntries - troubles);
        int skipped = history.troubles.size() - troubles;
        for (Map.Entry<PathKey, PathHistory.Trouble> each : history.troubles.entrySet()) {
            if (skipped-- <= 0 && nowNanos - each.getValue().atNanos() <= PathHistory.TROUBLE_HOLDS_NANOS) {
                write(text, each.getKey(), each.getValue());
            }
        }
        skipped = history.roundTrips.size() - roundTrips;
        for (Map.Entry<PathKey, PathHistory.RoundTrip> each : history.roundTrips.entrySet()) {
            if (skipped-- <= 0 && nowNanos - each.getValue().atNanos() <= PathHistory.ROUND_TRIP_HOLDS_NANOS) {
                write(text, each.getKey(), each.getValue());
            }
        }
        return text.toString();
    }

    private void write(StringBuilder text, long network, AddressFamily family, FamilyStanding standing) {
        text.append("family ").append(Long.toHexString(network));
        text.append(' ').append(family.jsonName());
        text.append(' ').append(millis(standing.changedAtNanos));
        text.append(' ').append(standing.demotions == 0 ? 0 : millis(standing.demotedUntilNanos));
        text.append(' ').append(standing.demotions);
        standing.lost.forEach((key, at) ->
                text.append(' ').append(key.addressText()).append(' ').append(millis(at)));
        text.append('\n');
    }

    private void write(StringBuilder text, PathKey key, PathHistory.Trouble trouble) {
        ErrorCode code = trouble.code();
        text.append("trouble ").append(Long.toHexString(key.network()));
        text.append(' ').append(key.addressText()).append(' ').append(key.part());
        text.append(' ').append(millis(trouble.atNanos()));
        text.append(' ').append(Math.round(trouble.weight() * THOUSAND));
        text.append(' ').append(trouble.kind());
        text.append(' ').append(code == null ? "-" : code.name()).append('\n');
    }

    private void write(StringBuilder text, PathKey key, PathHistory.RoundTrip trip) {
        text.append("rtt ").append(Long.toHexString(key.network()));
        text.append(' ').append(key.addressText()).append(' ').append(millis(trip.atNanos()));
        text.append(' ').append(trip.isKnown() ? trip.smoothedNanos() / NANOS_PER_MICRO : -1);
        text.append(' ').append(trip.isKnown() ? trip.variationNanos() / NANOS_PER_MICRO : -1);
        text.append('\n');
    }

    private long millis(long atNanos) {
        return nowMillis + (atNanos - nowNanos) / NANOS_PER_MILLI;
    }

    // ---- reading

    void read(String text) {
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(HEAD)) {
            throw new IllegalArgumentException("it does not begin with '" + HEAD + "'");
        }
        if (!lines[lines.length - 1].isEmpty()) {
            throw new IllegalArgumentException("its last line is not whole");
        }
        List<Runnable> good = new ArrayList<>(lines.length);
        for (int i = 1; i < lines.length - 1; i++) {
            try {
                Runnable line = read(new Words(lines[i]));
                if (line != null) {
                    good.add(line);
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + " is not understood", e);
            }
        }
        // only now, when all of them are good
        List<Long> own = List.copyOf(history.networks.keySet());
        for (Runnable add : good) {
            add.run();
            // those of the text must not drive them out
            own.forEach(history.networks::get);
        }
    }

    /** Null for what has expired, and for what cannot be yet. */
    private @Nullable Runnable read(Words words) {
        String what = words.next();
        if (what.equals("dials")) {
            long dials = words.number(0, Long.MAX_VALUE / 2);
            long seed = words.hexadecimal();
            words.end();
            return () -> addDials(dials, seed);
        }
        long network = words.hexadecimal();
        return switch (what) {
            case "family" -> family(words, network);
            case "trouble" -> trouble(words, network);
            case "rtt" -> roundTrip(words, network);
            default -> throw new IllegalArgumentException(what);
        };
    }

    /** Those begun here since the last text come on top, so that no dial of memories that share a text is lost. */
    private void addDials(long dials, long seed) {
        if (dials >= history.dialsInTexts) {
            history.dials = dials + history.dials - history.dialsInTexts;
            history.dialsInTexts = history.dials;
            history.seed = seed;
        }
    }

    private @Nullable Runnable family(Words words, long network) {
        String name = words.next();
        AddressFamily family = name.equals("inet6") ? AddressFamily.INET6 : AddressFamily.INET;
        if (!name.equals(family.jsonName())) {
            throw new IllegalArgumentException(name);
        }
        FamilyStanding read = new FamilyStanding();
        long changedAt = words.time();
        read.changedAtNanos = nanos(changedAt);
        long until = words.time();
        read.demotions = (int) words.number(0, MOST_DEMOTIONS);
        // however far in the future it was written, no demotion is longer
        read.demotedUntilNanos = Math.min(nanos(until), nowNanos + FamilyStanding.LONGEST_DEMOTION_NANOS);
        Map<PathKey, Long> lost = new LinkedHashMap<>();
        while (words.hasNext() && lost.size() < FamilyStanding.DESTINATIONS) {
            lost.put(key(network, words.next(), PathKey.ADDRESS), nanos(words.time()));
        }
        words.end();
        read.lost.putAll(lost);
        return isFuture(changedAt) || read.isForgotten(nowNanos) ? null : () -> add(network, family, read);
    }

    private void add(long network, AddressFamily family, FamilyStanding read) {
        history.standings(network)
                .merge(family, read, (own, other) -> other.changedAtNanos - own.changedAtNanos > 0 ? other : own);
    }

    private @Nullable Runnable trouble(Words words, long network) {
        PathKey key = key(network, words.next(), PathKey.ADDRESS).atPort((int) words.number(0, 65_535));
        long at = words.time();
        // whatever another program has written, it is not to hold for longer than what is learnt here
        double weight = Math.min(PathHistory.MOST_WEIGHT, words.number(0, MOST_THOUSANDTHS) / THOUSAND);
        Lesson.Kind kind = Lesson.Kind.valueOf(words.next());
        String code = words.next();
        words.end();
        PathHistory.Trouble read =
                new PathHistory.Trouble(weight, nanos(at), kind, code.equals("-") ? null : ErrorCode.valueOf(code));
        if (isFuture(at) || nowNanos - read.atNanos() > PathHistory.TROUBLE_HOLDS_NANOS) {
            return null;
        }
        return () -> {
            history.standings(network);
            PathHistory.Trouble own = history.troubles.get(key);
            if (own == null || read.atNanos() - own.atNanos() > 0) {
                history.troubles.put(key, read);
            }
        };
    }

    private @Nullable Runnable roundTrip(Words words, long network) {
        String address = words.next();
        PathKey key = key(network, address, address.indexOf('/') < 0 ? PathKey.ADDRESS : PathKey.PREFIX);
        long at = words.time();
        long smoothed = words.number(-1, 1_000_000);
        long variation = words.number(-1, 1_000_000);
        words.end();
        boolean known = smoothed >= 0 && variation >= 0;
        PathHistory.RoundTrip read = new PathHistory.RoundTrip(
                known ? smoothed * NANOS_PER_MICRO : KnownPath.NO_RTT,
                known ? variation * NANOS_PER_MICRO : KnownPath.NO_RTT,
                nanos(at));
        if (isFuture(at) || nowNanos - read.atNanos() > PathHistory.ROUND_TRIP_HOLDS_NANOS) {
            return null;
        }
        return () -> {
            history.standings(network);
            PathHistory.RoundTrip own = history.roundTrips.get(key);
            if (own == null || read.atNanos() - own.atNanos() > 0) {
                history.roundTrips.put(key, read);
            }
        };
    }

    private static PathKey key(long network, String text, int part) {
        PathKey key = PathKey.parse(network, text);
        if (key == null || key.part() != part) {
            throw new IllegalArgumentException(text);
        }
        return key;
    }

    private boolean isFuture(long atMillis) {
        return atMillis - nowMillis > TOLERATED_FUTURE_MILLIS;
    }

    private long nanos(long atMillis) {
        return nowNanos + (atMillis - nowMillis) * NANOS_PER_MILLI;
    }

    /** The words of a line. */
    private static final class Words {
        private static final long LATEST_MILLIS = 9_000_000_000_000L;

        private final String[] words;
        private int at;

        Words(String line) {
            words = line.split(" ", -1);
        }

        boolean hasNext() {
            return at < words.length;
        }

        String next() {
            if (!hasNext()) {
                throw new IllegalArgumentException("a word is missing");
            }
            return words[at++];
        }

        /** In milliseconds since 1970, before the year 2255, so that nanoseconds do not overflow. */
        long time() {
            return number(0, LATEST_MILLIS);
        }

        long number(long least, long most) {
            long number = Long.parseLong(next());
            if (number < least || number > most) {
                throw new IllegalArgumentException("a number out of range");
            }
            return number;
        }

        long hexadecimal() {
            return Long.parseUnsignedLong(next(), 16);
        }

        void end() {
            if (hasNext()) {
                throw new IllegalArgumentException("a word too many");
            }
        }
    }
}
