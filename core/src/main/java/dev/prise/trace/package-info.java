/** The story of a dial: lookups, candidates, attempts and the winner, as immutable values and as JSON. */
@NullMarked
package dev.prise.trace;

import org.jspecify.annotations.NullMarked;
