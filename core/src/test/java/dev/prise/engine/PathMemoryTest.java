package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.race.KnownPath;
import dev.prise.race.Lesson;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PathMemoryTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 3_000;

    private static AddressInfo address(int number) {
        try {
            byte[] bytes = {10, 0, (byte) (number >> 8), (byte) number};
            return AddressInfo.stream(new InetSocketAddress(InetAddress.getByAddress(bytes), 80));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Each thread has addresses of its own, so that what it has taught must be there, whatever the others do. */
    @Test
    void manyThreadsTeachAndAskAtOnce() throws InterruptedException, ExecutionException {
        PathMemory memory = new PathMemory(System::nanoTime, System::currentTimeMillis, () -> 1L, 0);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> coldDials = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread * 100;
                coldDials.add(executor.submit(() -> teachAndAsk(memory, first)));
            }
            int cold = 0;
            for (Future<Integer> each : coldDials) {
                cold += each.get();
            }
            assertThat(cold).isEqualTo(THREADS * ROUNDS / 16);
        } finally {
            executor.shutdownNow();
        }
    }

    private static int teachAndAsk(PathMemory memory, int first) {
        Random random = new Random(first);
        int cold = 0;
        for (int i = 0; i < ROUNDS; i++) {
            cold += memory.beginDial() ? 1 : 0;
            AddressInfo mine = address(first + random.nextInt(100));
            if (random.nextBoolean()) {
                memory.learn(1, mine, new Lesson(Lesson.Kind.ROUND_TRIP, 5_000_000, null));
                assertThat(memory.path(1, mine).isPenalised()).isFalse();
                assertThat(memory.path(1, mine).used()).isTrue();
            } else {
                memory.learn(1, mine, new Lesson(Lesson.Kind.FAILED, 5_000_000, ErrorCode.CONNECTION_REFUSED));
                assertThat(memory.path(1, mine).isPenalised()).isTrue();
            }
            if (i % 500 == 0) {
                memory.addText(memory.toText(1000));
            }
        }
        return cold;
    }

    @Test
    void withoutAKnownNetworkNothingIsRemembered() {
        PathMemory memory = new PathMemory(System::nanoTime, System::currentTimeMillis, () -> null, 0);
        DialMemory dial = new DialMemory(memory);
        assertThat(dial.path(address(1))).isEqualTo(KnownPath.NONE);
        dial.won(address(1));
        assertThat(memory.isEmpty()).isTrue();
    }
}
