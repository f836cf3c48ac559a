package dev.prise.trace;

import dev.prise.address.AddressInfo;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes {@code prise.trace/1}. */
final class TraceJson {
    private final StringBuilder out = new StringBuilder(512);

    private TraceJson() {}

    static String write(Trace trace) {
        TraceJson json = new TraceJson();
        json.trace(trace);
        return json.out.toString();
    }

    private void trace(Trace trace) {
        out.append("{\"schema\": \"prise.trace/1\", \"target\": {\"host\": ");
        string(trace.host());
        out.append(", \"service\": ");
        string(trace.service());
        out.append("}, \"outcome\": ");
        string(trace.outcome().jsonName());
        out.append(", \"elapsed_ms\": ");
        millis(trace.elapsedNanos());
        out.append(", \"winner\": ");
        winner(trace.winner());
        out.append(", \"error\": ");
        failure(trace.error());
        array("lookups", trace.lookups(), this::lookup);
        array("candidates", trace.candidates(), this::candidate);
        array("attempts", trace.attempts(), this::attempt);
        out.append('}');
    }

    private void winner(Trace.@Nullable Attempt winner) {
        if (winner == null) {
            out.append("null");
            return;
        }
        out.append("{\"attempt\": ").append(winner.id());
        addressAndPort(winner.address());
        out.append('}');
    }

    private void lookup(Trace.Lookup lookup) {
        out.append("{\"family\": ");
        string(lookup.family().jsonName());
        out.append(", \"resolver\": ");
        string(lookup.resolver());
        times(lookup.startNanos(), lookup.endNanos());
        out.append(", \"outcome\": ");
        string(lookup.outcome().jsonName());
        array("addresses", lookup.addresses(), this::string);
        out.append(", \"error\": ");
        failure(lookup.error());
        out.append(", \"fallback_reason\": ");
        stringOrNull(lookup.fallbackReason());
        out.append('}');
    }

    private void candidate(Trace.Candidate candidate) {
        out.append("{\"address\": ");
        string(candidate.address().addressText());
        out.append(", \"family\": ");
        string(candidate.address().family().jsonName());
        out.append(", \"why\": ");
        string(candidate.why());
        out.append('}');
    }

    private void attempt(Trace.Attempt attempt) {
        out.append("{\"id\": ").append(attempt.id());
        addressAndPort(attempt.address());
        out.append(", \"why\": ");
        string(attempt.why().jsonName());
        times(attempt.startNanos(), attempt.endNanos());
        out.append(", \"outcome\": ");
        string(attempt.outcome().jsonName());
        out.append(", \"error\": ");
        failure(attempt.error());
        if (attempt.reachedNanos() != null) {
            out.append(", \"reached_ms\": ");
            millis(attempt.reachedNanos());
        }
        out.append('}');
    }

    private void addressAndPort(AddressInfo address) {
        out.append(", \"address\": ");
        string(address.addressText());
        out.append(", \"port\": ").append(address.port()).append(", \"family\": ");
        string(address.family().jsonName());
    }

    private void times(long startNanos, long endNanos) {
        out.append(", \"start_ms\": ");
        millis(startNanos);
        out.append(", \"end_ms\": ");
        millis(endNanos);
    }

    private void failure(Trace.@Nullable Failure failure) {
        if (failure == null) {
            out.append("null");
            return;
        }
        out.append("{\"code\": ");
        string(failure.code().name());
        out.append(", \"posix\": ");
        stringOrNull(failure.code().posix());
        out.append(", \"winsock\": ").append(failure.code().winsock()).append(", \"message\": ");
        string(failure.message());
        out.append('}');
    }

    private <T> void array(String name, List<T> elements, Consumer<T> writer) {
        out.append(", \"").append(name).append("\": [");
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.append(", ");
            }
            writer.accept(elements.get(i));
        }
        out.append(']');
    }

    /** Milliseconds with three decimals, without the locale's help. */
    private void millis(long nanos) {
        long micros = Math.max(0, nanos) / 1000;
        out.append(micros / 1000).append('.');
        String fraction = Long.toString(1000 + micros % 1000);
        out.append(fraction, 1, 4);
    }

    private void stringOrNull(@Nullable String text) {
        if (text == null) {
            out.append("null");
        } else {
            string(text);
        }
    }

    private void string(String text) {
        JsonText.append(out, text);
    }
}
