/** What the measurements have in common: rounds of two ways in turns, the machine, the results and the page made of them. */
@NullMarked
package dev.prise.bench.report;

import org.jspecify.annotations.NullMarked;
