package dev.prise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import jdk.jfr.Recording;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a dial costs that nobody wants to be told of. */
class TellingTest {
    private static final int DIALS = 10_000;

    @Test
    @DisplayName("nobody is told, and nothing is allocated, before, between and after recordings")
    void costsNothing() {
        nobodyIsTold();
        try (Recording recording = new Recording()) {
            recording.disable("dev.prise.Dial");
            recording.disable("dev.prise.Lookup");
            recording.disable("dev.prise.Attempt");
            recording.start();
            nobodyIsTold();
        }
        try (Recording recording = new Recording()) {
            recording.enable("dev.prise.Dial");
            recording.start();
            assertThat(Telling.begin(null)).isNotNull();
        }
        nobodyIsTold();
    }

    private static void nobodyIsTold() {
        assertThat(Telling.begin(null)).isNull();
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)) {
            System.out.println("Left out: what a dial allocates for nobody, because this JVM does not count it");
            return;
        }
        long thread = Thread.currentThread().getId();
        // the first calls of the counter allocate themselves
        threads.getThreadAllocatedBytes(thread);
        long before = threads.getThreadAllocatedBytes(thread);
        int told = 0;
        for (int i = 0; i < DIALS; i++) {
            told += Telling.begin(null) == null ? 0 : 1;
        }
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertThat(told).isZero();
        // less than a byte for each: what the counter itself may take
        assertThat(allocated).isLessThan(DIALS);
    }
}
