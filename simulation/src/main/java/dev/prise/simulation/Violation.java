package dev.prise.simulation;

import java.io.Serial;

/** An invariant that did not hold. */
final class Violation extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Invariant invariant;

    Violation(Invariant invariant, String message) {
        super("violated: " + invariant + ": " + message);
        this.invariant = invariant;
    }

    Invariant invariant() {
        return invariant;
    }
}
