package dev.prise.simulation;

/**
 * A race that is broken in one place of its source.
 *
 * @param rule what is switched off or broken
 * @param file the class in {@code dev.prise.race}
 * @param from what its source has there, once
 * @param to what stands there instead
 */
record Mutant(String rule, String file, String from, String to) {
    /** The source with the mutation. */
    String applyTo(String source) {
        int at = source.indexOf(from);
        if (at < 0 || source.indexOf(from, at + 1) >= 0) {
            throw new AssertionError("a stale mutant: " + file + " does not have this once: " + from);
        }
        return source.substring(0, at) + to + source.substring(at + from.length());
    }

    @Override
    public String toString() {
        return rule + " (" + file + ": " + from + " -> " + to + ")";
    }
}
