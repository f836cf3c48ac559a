/** Measurements against the goals, each a main class; {@code docs/figures.md} tells how to run them and what came out. */
@NullMarked
package dev.prise.bench;

import org.jspecify.annotations.NullMarked;
