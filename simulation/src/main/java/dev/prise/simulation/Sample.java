package dev.prise.simulation;

/** A sample of the big world, told in texts and numbers alone, so that it can be run in a class loader of its own. */
public final class Sample {
    private Sample() {}

    /**
     * What the first dial that fails has violated.
     *
     * @param seed the seed of the run
     * @param runs how many dials at most
     * @return the name of the invariant or of the exception, a blank, and how many dials it took; empty when none fails
     */
    public static String firstViolation(long seed, int runs) {
        for (int i = 0; i < runs; i++) {
            try {
                BigWorld.dial(BigWorld.seedOf(seed, i));
            } catch (AssertionError failure) {
                return nameOf(failure) + " " + (i + 1);
            }
        }
        return "";
    }

    private static String nameOf(AssertionError failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof Violation violation
                ? violation.invariant().name()
                : cause.getClass().getSimpleName();
    }
}
