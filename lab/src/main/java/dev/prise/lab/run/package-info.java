/** Runs: a client in a scenario, and what it did by the packets. */
@NullMarked
package dev.prise.lab.run;

import org.jspecify.annotations.NullMarked;
