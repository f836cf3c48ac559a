package dev.prise.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OsThreadTest {
    private static void assumeTold() {
        if (OsThread.current() == null) {
            System.out.println("Left out: what a thread does in the kernel, because this system does not tell.");
            Assumptions.abort();
        }
    }

    @Test
    @DisplayName("a thread that waits is told from one that has not yet")
    void waits() throws InterruptedException {
        assumeTold();
        SynchronousQueue<OsThread> begun = new SynchronousQueue<>();
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                begun.put(OsThread.current());
                mayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        OsThread seen = begun.take();
        while (!seen.hasWaited()) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        thread.join();
        assertThat(seen.hasWaited()).as("after its end").isTrue();
    }

    @Test
    @DisplayName("a thread that only computes has not waited")
    void computes() {
        assumeTold();
        // a garbage collection or the loading of code may make any thread wait once in a while
        for (int tries = 0; tries < 1000; tries++) {
            OsThread self = OsThread.current();
            if (!self.hasWaited()) {
                return;
            }
        }
        throw new AssertionError("it has waited each of 1000 times");
    }
}
