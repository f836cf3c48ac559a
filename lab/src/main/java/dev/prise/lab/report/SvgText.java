package dev.prise.lab.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the text of a picture a fraction as long, and dashes go on from one part of a line to the next. */
final class SvgText {
    private static final Pattern LINE = Pattern.compile(
            "\\s*<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\" y2=\"([^\"]*)\"/>");
    private static final Pattern LONG_NUMBER = Pattern.compile("-?[0-9]+\\.[0-9]{2,}");
    private static final int DECIMALS = 1;

    private SvgText() {}

    /** Joins lines that follow one another, and rounds numbers. */
    static String compact(String svg) {
        return LONG_NUMBER
                .matcher(joined(svg))
                .replaceAll(match -> new BigDecimal(match.group())
                        .setScale(DECIMALS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString());
    }

    private static String joined(String svg) {
        List<String> all = new ArrayList<>();
        String open = "";
        String end = "";
        for (String text : svg.lines().toList()) {
            Matcher line = LINE.matcher(text);
            boolean matches = line.matches();
            String key = matches ? line.group(1) + line.group(2) + "," + line.group(4) : "";
            if (matches && key.equals(end)) {
                open += " " + line.group(3) + "," + line.group(5);
            } else {
                close(all, open);
                open = matches
                        ? "<polyline style=\"" + line.group(1) + "\" points=\"" + line.group(2) + "," + line.group(4)
                                + " " + line.group(3) + "," + line.group(5)
                        : "";
                if (!matches) {
                    all.add(text);
                }
            }
            end = matches ? line.group(1) + line.group(3) + "," + line.group(5) : "";
        }
        close(all, open);
        return String.join("\n", all) + "\n";
    }

    private static void close(List<String> all, String open) {
        if (!open.isEmpty()) {
            all.add(open + "\"/>");
        }
    }
}
