package dev.prise.cli;

import dev.prise.address.AddressInfo;
import dev.prise.address.PlainText;
import dev.prise.cli.Style.Tone;
import dev.prise.trace.Elapsed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Results as a table. The widths of its columns come from the first results, which are held back for that, all of them in a list of usual
 * length. Where the verdict has no room beside the rest it stands below, so that no line is wider than the window. Pure.
 */
final class CheckTable {
    /** So many results are held back. */
    private static final int SETTLING = 2000;

    private static final int MOST_TARGET = 60;
    private static final int LEAST_TARGET = 12;
    private static final int LEAST_VERDICT = 40;
    private static final String GAP = "  ";
    private static final String INDENT = "    ";

    private final Style style;
    private final String addressTitle;
    private final boolean cut;
    private final Consumer<? super String> lines;
    private final List<Row> held = new ArrayList<>();
    private boolean settled;
    private int target = "target".length();
    private int address;
    private int family = "family".length();
    private int time = "time".length();
    private int lost = "lost".length();
    private int verdict;

    private record Row(
            String target, String address, String family, String time, String lost, String verdict, Tone tone) {}

    /**
     * A table that is empty.
     *
     * @param addressTitle what stands above the addresses
     * @param cut whether there is a window that lines have to fit in
     * @param lines takes the lines, without line breaks
     */
    CheckTable(Style style, String addressTitle, boolean cut, Consumer<? super String> lines) {
        this.addressTitle = addressTitle;
        address = addressTitle.length();
        this.style = style;
        this.cut = cut;
        this.lines = lines;
    }

    void add(CheckResult result) {
        Row row = row(result);
        if (settled) {
            write(row);
            return;
        }
        held.add(row);
        if (held.size() == SETTLING) {
            settle();
        }
    }

    /** Writes what was held back. */
    void end() {
        if (!settled && !held.isEmpty()) {
            settle();
        }
    }

    private static Row row(CheckResult result) {
        AddressInfo address = result.address();
        boolean better = result.lostNanos() > 0;
        return new Row(
                PlainText.of(result.target()),
                address == null ? "-" : PlainText.of(address.addressText()),
                switch (result.family()) {
                    case INET6 -> "IPv6";
                    case INET -> "IPv4";
                    case UNIX -> "unix";
                    case UNSPEC -> "-";
                },
                Elapsed.text(result.trace().elapsedNanos()),
                better ? Elapsed.text(result.lostNanos()) : "-",
                result.verdict().sentence(),
                result.connected() ? Tone.PLAIN : Tone.BAD);
    }

    private void settle() {
        settled = true;
        for (Row row : held) {
            target = Math.max(target, Columns.width(row.target));
            address = Math.max(address, Columns.width(row.address));
            time = Math.max(time, row.time.length());
            lost = Math.max(lost, row.lost.length());
        }
        fit();
        String head = cells("target", addressTitle, "family", "time", "lost");
        lines.accept(style.paint(Tone.FAINT, verdict > 0 ? head + GAP + "verdict" : head));
        held.forEach(this::write);
        held.clear();
    }

    /** Sets the widths; that of the verdict to 0 when it stands below. */
    private void fit() {
        if (!cut) {
            verdict = Integer.MAX_VALUE;
            return;
        }
        int others = family + time + lost + 4 * GAP.length();
        int beside = style.width() - others - Math.min(target, MOST_TARGET) - address - GAP.length();
        if (beside >= LEAST_VERDICT) {
            target = Math.min(target, MOST_TARGET);
            verdict = beside;
            return;
        }
        int room = style.width() - others;
        if (target + address > room) {
            target = Math.min(target, Math.max(LEAST_TARGET, Math.max(room / 2, room - address)));
            address = Math.min(address, Math.max(LEAST_TARGET, room - target));
        }
    }

    private void write(Row row) {
        String cells = cells(row.target, row.address, row.family, row.time, row.lost);
        if (verdict == Integer.MAX_VALUE) {
            lines.accept(cells + GAP + style.paint(row.tone, row.verdict));
            return;
        }
        boolean below = verdict == 0;
        String start = below ? cells : cells + GAP;
        String rest = below ? INDENT : " ".repeat(Columns.width(start));
        List<String> words = Columns.wrapped(row.verdict, below ? style.width() - INDENT.length() : verdict);
        if (below) {
            lines.accept(start);
        }
        for (int i = 0; i < words.size(); i++) {
            lines.accept((below || i > 0 ? rest : start) + style.paint(row.tone, words.get(i)));
        }
    }

    private String cells(String first, String second, String third, String fourth, String fifth) {
        return Columns.padded(cut ? Columns.shortened(first, target) : first, target)
                + GAP
                + Columns.padded(cut ? Columns.shortened(second, address) : second, address)
                + GAP
                + Columns.padded(third, family)
                + GAP
                + Columns.flushRight(fourth, time)
                + GAP
                + Columns.flushRight(fifth, lost);
    }
}
