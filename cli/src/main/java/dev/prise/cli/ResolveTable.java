package dev.prise.cli;

import dev.prise.Destinations;
import dev.prise.address.AddressInfo;
import dev.prise.address.PlainText;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results of a lookup as lines, in the system's order: family, address, port, type, protocol, canonical name where there is one, and why
 * it ranks there.
 */
final class ResolveTable {
    private static final String GAP = "  ";

    private ResolveTable() {}

    static List<String> of(List<Resolution.Result> results) {
        List<String> reasons = reasons(results);
        List<List<String>> rows = new ArrayList<>(results.size());
        boolean names = results.stream().anyMatch(result -> result.canonicalName() != null);
        for (Resolution.Result result : results) {
            List<String> row = new ArrayList<>(List.of(
                    result.family(),
                    result.addressAndZone(),
                    Integer.toString(result.port()),
                    result.type().jsonName(),
                    result.protocol().jsonName()));
            if (names) {
                String name = result.canonicalName();
                row.add(name == null ? "-" : PlainText.of(name));
            }
            row.add(reasons.get(rows.size()));
            rows.add(row);
        }
        return aligned(rows);
    }

    /**
     * Why each result stands where it does: the rule of RFC 6724 that gives it its place, where the system's order is the one that these
     * rules give here; otherwise also the place that they give it.
     */
    static List<String> reasons(List<Resolution.Result> results) {
        Map<String, AddressInfo> distinct = new LinkedHashMap<>();
        for (Resolution.Result result : results) {
            AddressInfo info = result.info();
            if (info != null && !isWildcard(info)) {
                distinct.putIfAbsent(info.addressText(), info);
            }
        }
        List<Destinations.Ranked> ranked = Destinations.rank(List.copyOf(distinct.values()));
        List<String> reasons = new ArrayList<>(results.size());
        List<String> seen = new ArrayList<>(distinct.size());
        for (Resolution.Result result : results) {
            AddressInfo info = result.info();
            if (info == null) {
                reasons.add("of another family");
            } else if (isWildcard(info)) {
                reasons.add("wildcard, to listen on");
            } else if (seen.contains(info.addressText())) {
                reasons.add("the same address");
            } else {
                reasons.add(reason(ranked, info.addressText(), seen.size()));
                seen.add(info.addressText());
            }
        }
        return reasons;
    }

    private static boolean isWildcard(AddressInfo info) {
        InetAddress address = info.inetAddress();
        return address != null && address.isAnyLocalAddress();
    }

    private static String reason(List<Destinations.Ranked> ranked, String address, int place) {
        for (int rank = 0; rank < ranked.size(); rank++) {
            // by text: two addresses that differ in their zone alone are equal
            if (ranked.get(rank).address().addressText().equals(address)) {
                String why = ranked.get(rank).why();
                return rank == place ? why : why + ", so prise tries it as number " + (rank + 1);
            }
        }
        throw new IllegalStateException("not ranked: " + address);
    }

    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>(rows.size());
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                boolean last = i == widths.length - 1;
                line.append(cell).append(last ? "" : " ".repeat(widths[i] - cell.length()) + GAP);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
