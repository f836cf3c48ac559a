package dev.prise.cli;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Elapsed;
import dev.prise.trace.Trace;
import dev.prise.trace.Verdict;
import org.jspecify.annotations.Nullable;

/** What the report calls things. Pure; the texts of others are in them as they came. */
final class ReportWords {
    private ReportWords() {}

    /** Good, to be looked at, bad, or of no consequence; each has a sign and a colour of its own. */
    enum Tone {
        GOOD,
        WARN,
        BAD,
        FAINT;

        String cssClass() {
            return switch (this) {
                case GOOD -> "good";
                case WARN -> "warn";
                case BAD -> "bad";
                case FAINT -> "faint";
            };
        }
    }

    /**
     * How something ended.
     *
     * @param code the error to be explained, null when it is none
     */
    record Outcome(Tone tone, String words, @Nullable ErrorCode code) {
        Outcome(Tone tone, String words) {
            this(tone, words, null);
        }

        /** With the code's name. */
        String text() {
            return code == null ? words : words + " (" + code.shortName() + ")";
        }
    }

    /** {@code dual.example port 443}, or {@code unix:/run/x.sock}. */
    static String target(Trace trace) {
        return trace.service().isEmpty() ? "unix:" + trace.host() : trace.host() + " port " + trace.service();
    }

    static Tone tone(Trace trace, Verdict verdict) {
        if (trace.winner() == null) {
            return Tone.BAD;
        }
        return verdict.kind() == Verdict.Kind.HEALTHY ? Tone.GOOD : Tone.WARN;
    }

    /** A dial in two or three words. */
    static String result(Tone tone) {
        return switch (tone) {
            case GOOD -> "Connected";
            case WARN -> "Connected with trouble";
            case BAD, FAINT -> "Not connected";
        };
    }

    static String family(AddressFamily family) {
        return switch (family) {
            case INET -> "IPv4";
            case INET6 -> "IPv6";
            case UNIX -> "Unix";
            case UNSPEC -> "any";
        };
    }

    /** {@code IPv6 2001:db8::1}. */
    static String familyAndAddress(AddressInfo address) {
        return family(address.family()) + " " + address.addressText();
    }

    /** The question that a lookup asks. */
    static String question(Trace.Lookup lookup) {
        return switch (lookup.family()) {
            case INET -> "IPv4 addresses (A)";
            case INET6 -> "IPv6 addresses (AAAA)";
            case UNIX, UNSPEC -> "all addresses";
        };
    }

    static Outcome outcome(Trace.Lookup lookup) {
        int count = lookup.addresses().size();
        Trace.Failure error = lookup.error();
        return switch (lookup.outcome()) {
            case ANSWERED -> new Outcome(Tone.GOOD, count == 1 ? "1 address" : count + " addresses");
            case EMPTY -> new Outcome(Tone.FAINT, "no such address");
            case FAILED -> error == null ? new Outcome(Tone.BAD, "failed") : reason(error);
            case CANCELLED -> new Outcome(Tone.FAINT, "given up");
        };
    }

    static Outcome outcome(Trace.Attempt attempt, Trace trace) {
        Trace.Failure error = attempt.error();
        Trace.Attempt winner = trace.winner();
        return switch (attempt.outcome()) {
            case CONNECTED -> new Outcome(Tone.GOOD, "connected");
            case FAILED -> error == null ? new Outcome(Tone.BAD, "failed") : reason(error);
            case CANCELLED -> {
                if (winner != null) {
                    yield new Outcome(Tone.FAINT, "given up, attempt " + winner.id() + " was first");
                }
                if (error == null) {
                    yield new Outcome(Tone.FAINT, "given up");
                }
                // the message says that it was connected, which the code's meaning denies
                yield attempt.reachedNanos() == null
                        ? reason(error)
                        : new Outcome(Tone.BAD, error.message(), error.code());
            }
        };
    }

    private static Outcome reason(Trace.Failure failure) {
        String words = switch (failure.code()) {
            case UNKNOWN, TLS_CERTIFICATE, TLS_HANDSHAKE -> failure.message();
            default -> failure.code().meaning();
        };
        return new Outcome(Tone.BAD, words, failure.code());
    }

    /** Why an attempt began when it did. */
    static String why(Trace.Attempt attempt) {
        return switch (attempt.why()) {
            case FIRST -> "the first";
            case DELAY -> "the one before had not answered yet";
            case FAILURE -> "the one before had failed";
            case LATE_ANSWER -> "its address came only now";
            case EVICTION -> "the oldest one made room";
        };
    }

    /** {@code 12.2 ms to 287 ms}. */
    static String times(long startNanos, long endNanos) {
        return Elapsed.text(startNanos) + " to " + Elapsed.text(endNanos);
    }
}
