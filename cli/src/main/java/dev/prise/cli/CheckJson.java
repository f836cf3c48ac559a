package dev.prise.cli;

import dev.prise.address.AddressInfo;
import dev.prise.trace.JsonText;
import dev.prise.trace.Verdict;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Results as JSON, schema {@code prise.check/1}; docs/check-json.md has it. A result is written when the next one comes, or the end. */
final class CheckJson {
    private final Consumer<? super String> lines;
    private @Nullable String last;

    /** One with nothing in it; takes lines, each without its line break. */
    CheckJson(Consumer<? super String> lines) {
        this.lines = lines;
        lines.accept("{\"schema\": \"prise.check/1\", \"results\": [");
    }

    void add(CheckResult result) {
        if (last != null) {
            lines.accept(last + ",");
        }
        last = json(result);
    }

    void end(CheckSummary summary, boolean interrupted, long elapsedNanos) {
        if (last != null) {
            lines.accept(last);
        }
        lines.accept("], \"targets\": " + summary.targets()
                + ", \"connected\": " + summary.connected()
                + ", \"failed\": " + summary.failed()
                + ", \"interrupted\": " + interrupted
                + ", \"elapsed_ms\": " + millis(elapsedNanos) + "}");
    }

    private static String json(CheckResult result) {
        AddressInfo alone = result.alone();
        TlsFacts tls = result.tls();
        String trace = result.trace().toJson();
        return "{\"target\": " + JsonText.quoted(result.target())
                + ", \"address\": " + (alone == null ? "null" : JsonText.quoted(alone.addressText()))
                + ", \"connected\": " + result.connected()
                + ", \"verdict\": " + json(result.verdict())
                + ", \"trace\": "
                + (tls == null ? trace : trace.substring(0, trace.length() - 1) + ", \"tls\": " + tls.toJson() + "}")
                + "}";
    }

    private static String json(Verdict verdict) {
        StringBuilder out = new StringBuilder("{\"kind\": ");
        JsonText.append(out, verdict.kind().name().toLowerCase(Locale.ROOT));
        out.append(", \"sentence\": ");
        JsonText.append(out, verdict.sentence());
        out.append(", \"advice\": ");
        String advice = verdict.advice();
        out.append(advice == null ? "null" : JsonText.quoted(advice)).append(", \"costs\": [");
        for (int i = 0; i < verdict.costs().size(); i++) {
            Verdict.Cost cost = verdict.costs().get(i);
            out.append(i == 0 ? "" : ", ").append("{\"lost_ms\": ").append(millis(cost.nanos()));
            out.append(", \"reason\": ");
            JsonText.append(out, cost.reason());
            out.append('}');
        }
        return out.append("]}").toString();
    }

    private static String millis(long nanos) {
        long micros = Math.max(0, nanos) / 1000;
        return micros / 1000 + "." + Long.toString(1000 + micros % 1000).substring(1);
    }
}
