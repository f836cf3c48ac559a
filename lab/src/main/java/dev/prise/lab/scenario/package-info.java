/** Scenarios: what a client meets, and what it should do. */
@NullMarked
package dev.prise.lab.scenario;

import org.jspecify.annotations.NullMarked;
