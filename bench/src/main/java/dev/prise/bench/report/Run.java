package dev.prise.bench.report;

import java.util.List;

/**
 * One measurement of a figure: when and where.
 *
 * @param figure the name of the figure
 * @param at when it began, as {@code 2026-11-25 14:05 UTC}
 * @param machine processors, memory, kernel and versions, in words
 * @param otherWorkBefore which part of the machine's processors other work took just before, from 0 to 1
 * @param otherWorkAfter the same just after
 * @param notes what is to be told of this run, each a sentence in Markdown, and what was left out
 */
public record Run(
        String figure, String at, String machine, double otherWorkBefore, double otherWorkAfter, List<String> notes) {
    private static final double IDLE = 0.05;

    /** Copies the notes. */
    public Run {
        notes = List.copyOf(notes);
    }

    /** Whether other work took part of the machine, so that the figures say little. */
    public boolean isDisturbed() {
        return Math.max(otherWorkBefore, otherWorkAfter) > IDLE;
    }
}
