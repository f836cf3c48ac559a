/**
 * The decisions of a dial, without input or output: destination address selection and the race of connection attempts.
 *
 * <p>Most programs want {@code dev.prise.Dialer}, which drives a race with sockets of the Java library. This package is for those who have
 * another I/O library: a {@link dev.prise.race.Race} is told what happens and says what to do. docs/driving-the-race.md shows how, and
 * {@code RaceDriverContract} in the test jar of the core has what a driver must do as tests.
 *
 * <p>Experimental: it may change between minor versions.
 */
@NullMarked
package dev.prise.race;

import org.jspecify.annotations.NullMarked;
