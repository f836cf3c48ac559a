package dev.prise.telemetry;

import dev.prise.trace.TraceEvent;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Whether a recording of the JDK Flight Recorder is to be told of a dial, asked so that it costs next to nothing where none is.
 *
 * <p>Loading a class of an event starts half of the recorder, which takes 200 ms of the processor. So nothing here names one: they are
 * loaded by the first dial after the first recording of the process was made.
 */
final class FlightRecordings {
    /** False where the module {@code jdk.jfr} is not in the image, or was not there for ours when the JVM started. */
    private static final boolean PRESENT = isPresent();

    private FlightRecordings() {}

    /** For a dial that begins now; null when no recording wants to know of it. */
    static @Nullable Consumer<TraceEvent> begin() {
        return PRESENT && FlightRecorder.isInitialized() ? FlightDial.begin() : null;
    }

    private static boolean isPresent() {
        try {
            return FlightRecordings.class.getModule().canRead(FlightRecorder.class.getModule());
        } catch (LinkageError e) {
            // requires static: a program goes on without
            return false;
        }
    }
}
