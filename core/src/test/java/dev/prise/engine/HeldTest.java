package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeldTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    @DisplayName("the system is asked again after a second, and not before, though the clock may overflow")
    void aSecond() {
        Held<Integer> held = new Held<>(asked::incrementAndGet, clock::get);
        assertThat(held.now()).isEqualTo(1);
        clock.addAndGet(Held.NANOS);
        assertThat(held.now()).isEqualTo(1);
        clock.addAndGet(1);
        assertThat(held.now()).isEqualTo(2);
    }

    @Test
    @DisplayName("that there is nothing is an answer, too")
    void nothing() {
        Held<@Nullable Integer> held = new Held<>(
                () -> {
                    asked.incrementAndGet();
                    return null;
                },
                clock::get);
        assertThat(held.now()).isNull();
        assertThat(held.now()).isNull();
        assertThat(asked).hasValue(1);
    }
}
