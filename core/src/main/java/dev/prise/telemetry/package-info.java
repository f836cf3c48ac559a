/**
 * What is told of dials while they run and when they are over: to a listener, to recordings of the JDK Flight Recorder and to the system's
 * logger. Not exported; the names are in docs/telemetry.md.
 */
@NullMarked
package dev.prise.telemetry;

import org.jspecify.annotations.NullMarked;
