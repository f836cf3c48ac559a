package dev.prise.cli;

import dev.prise.address.ErrorCode;
import dev.prise.address.Hints.Flag;
import dev.prise.resolve.Resolver;
import dev.prise.trace.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes {@code prise.addrinfo/1}, on one line. */
final class ResolveJson {
    private final StringBuilder out = new StringBuilder(512);

    private ResolveJson() {}

    static String of(
            @Nullable String node,
            @Nullable String service,
            HintsOptions.@Nullable Asked asked,
            Resolver resolver,
            Resolution resolution) {
        ResolveJson json = new ResolveJson();
        ErrorCode error = resolution.error();
        json.out.append("{\"schema\": \"prise.addrinfo/1\"");
        json.member("host", node);
        json.member("service", service);
        json.hints(asked);
        json.member("resolver", resolver.name());
        json.member("fallback_reason", resolver.fallbackReason());
        json.number("code", resolution.code());
        json.member("posix", error == null ? null : error.posix());
        json.out.append(", \"winsock\": ").append(error == null ? "null" : error.winsock());
        json.member("message", error == null ? null : resolution.reason());
        json.results(resolution.results());
        return json.out.append('}').toString();
    }

    private void hints(HintsOptions.@Nullable Asked asked) {
        if (asked == null) {
            out.append(", \"hints\": null");
            return;
        }
        out.append(", \"hints\": {\"family\": ");
        JsonText.append(out, asked.familyName());
        member("type", asked.hints().type().jsonName());
        member("protocol", asked.hints().protocol().jsonName());
        out.append(", \"flags\": [");
        String comma = "";
        for (Flag flag : Flag.values()) {
            if (asked.hints().has(flag)) {
                out.append(comma);
                JsonText.append(out, flag.jsonName());
                comma = ", ";
            }
        }
        if (asked.flagNumbers() != 0) {
            out.append(comma);
            JsonText.append(out, "0x" + Integer.toHexString(asked.flagNumbers()));
        }
        out.append("]}");
    }

    private void results(List<Resolution.Result> results) {
        List<String> reasons = ResolveTable.reasons(results);
        out.append(", \"results\": [");
        for (int i = 0; i < results.size(); i++) {
            Resolution.Result result = results.get(i);
            out.append(i == 0 ? "{\"family\": " : ", {\"family\": ");
            JsonText.append(out, result.family());
            member("address", result.address());
            number("scope", result.scope());
            number("port", result.port());
            member("type", result.type().jsonName());
            member("protocol", result.protocol().jsonName());
            member("canonical_name", result.canonicalName());
            member("why", reasons.get(i));
            out.append('}');
        }
        out.append(']');
    }

    private void member(String name, @Nullable String value) {
        out.append(", \"").append(name).append("\": ");
        if (value == null) {
            out.append("null");
        } else {
            JsonText.append(out, value);
        }
    }

    private void number(String name, long value) {
        out.append(", \"").append(name).append("\": ").append(value);
    }
}
