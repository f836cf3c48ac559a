/**
 * Measurements against the goals. Those that {@code bench/report} runs are listed in {@link Report} and write {@code docs/benchmarks.md}; the others
 * are main classes, and {@code docs/figures.md} tells how to run them and what came out.
 */
@NullMarked
package dev.prise.bench;

import org.jspecify.annotations.NullMarked;
