package dev.prise.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * What is to be compared.
 *
 * @param part under which conditions, in words: the heading of its table
 * @param ours our way, in Markdown
 * @param rival the other way, in Markdown
 * @param unit what the values are, such as {@code connections a second}
 * @param better which ratios are the better ones
 * @param goal the ratio to reach; null where there is none
 */
public record Question(
        String part,
        String ours,
        String rival,
        String unit,
        Better better,
        @Nullable Double goal) {
    /** Whether a greater ratio is better, as of a rate, or a lesser one, as of what something costs. */
    public enum Better {
        /** As of rates. */
        MORE,
        /** As of costs. */
        LESS
    }
}
