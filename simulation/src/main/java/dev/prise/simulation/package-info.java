/** A simulated network for the race of connection attempts: exhaustive and seeded runs, with every invariant checked after every step. */
@NullMarked
package dev.prise.simulation;

import org.jspecify.annotations.NullMarked;
