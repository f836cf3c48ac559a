/** What JMH measures. */
@NullMarked
package dev.prise.bench.jmh;

import org.jspecify.annotations.NullMarked;
