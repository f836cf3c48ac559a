package dev.prise.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfoException;
import dev.prise.address.ErrorCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockingResolverTest {
    private static final InetAddress FOUR = address("192.0.2.1");
    private static final InetAddress SIX = address("2001:db8::1");

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    private List<InetAddress> lookup(String host, AddressFamily family) throws UnknownHostException {
        calls.incrementAndGet();
        if (host.startsWith("slow")) {
            try {
                blocked.countDown();
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        if (host.startsWith("unknown")) {
            throw new UnknownHostException(host + ": Name or service not known");
        }
        if (host.startsWith("four") && family == AddressFamily.INET6) {
            throw new AddressInfoException(host, null, "No address", ErrorCode.NO_DATA, -5, 0);
        }
        if (host.startsWith("broken")) {
            throw new IllegalStateException("broken");
        }
        return family == AddressFamily.INET
                ? List.of(FOUR)
                : family == AddressFamily.INET6 ? List.of(SIX) : List.of(FOUR, SIX);
    }

    private BlockingResolver resolver(int threads, int queued) {
        return new BlockingResolver("test", false, this::lookup, threads, queued);
    }

    private BlockingResolver perFamily(int threads) {
        return new BlockingResolver("test", true, this::lookup, threads, 10);
    }

    @Test
    void familiesAreAskedForSeparatelyWhereTheCallCanDoThat() throws Exception {
        BlockingResolver resolver = perFamily(2);
        assertThat(resolver.lookups(AddressFamily.UNSPEC)).containsExactly(AddressFamily.INET6, AddressFamily.INET);
        assertThat(resolver.lookups(AddressFamily.INET)).containsExactly(AddressFamily.INET);
        assertThat(resolver(2, 10).lookups(AddressFamily.UNSPEC)).containsExactly(AddressFamily.UNSPEC);
        assertThat(ask(resolver, "a.test", AddressFamily.INET6).get()).isEqualTo("[/2001:db8:0:0:0:0:0:1] end");
        assertThat(ask(resolver, "a.test", AddressFamily.INET).get()).isEqualTo("[/192.0.2.1] end");
        assertThat(calls).hasValue(2);
        assertThat(ask(resolver, "localhost", AddressFamily.INET6).getNow("late"))
                .isEqualTo("[localhost/0:0:0:0:0:0:0:1] end");
    }

    @Test
    void familyThatNobodyAnswersTakesNoThreadFromTheOther() throws Exception {
        BlockingResolver resolver = new BlockingResolver(
                "test",
                true,
                (host, family) -> lookup(family == AddressFamily.INET6 ? "slow" : host, family),
                64,
                1000);
        for (int i = 0; i < 100; i++) {
            String host = "a" + i + ".test";
            Resolver.Lookup six = resolver.resolve(new ResolveQuery(host, AddressFamily.INET6), new Recorder());
            assertThat(ask(resolver, host, AddressFamily.INET).get()).isEqualTo("[/192.0.2.1] end");
            six.cancel();
        }
        assertThat(resolver.abandonedLookups()).isBetween(1, 32);
        release.countDown();
    }

    @Test
    void sinkThatAsksTwiceLeavesOnceForEach() throws Exception {
        BlockingResolver resolver = resolver(1, 10);
        Recorder recorder = new Recorder();
        ResolveQuery query = new ResolveQuery("slow.test", AddressFamily.INET);
        Resolver.Lookup first = resolver.resolve(query, recorder);
        blocked.await();
        resolver.resolve(query, recorder);
        first.cancel();
        first.cancel();
        assertThat(resolver.abandonedLookups()).isZero();
        release.countDown();
        assertThat(recorder.done.get()).isEqualTo("[/192.0.2.1] end");
    }

    @Test
    void sinkThatThrowsHoldsUpNoOther() throws Exception {
        BlockingResolver resolver = resolver(1, 10);
        Resolver.Lookup slow = resolver.resolve(new ResolveQuery("slow.test", AddressFamily.INET), new Recorder());
        blocked.await();
        resolver.resolve(new ResolveQuery("b.test", AddressFamily.INET), new Recorder() {
            @Override
            public void fail(ErrorCode code, String message) {
                throw new IllegalStateException("a sink on purpose");
            }
        });
        List<CompletableFuture<String>> others =
                List.of(ask(resolver, "b.test", AddressFamily.INET), ask(resolver, "c.test", AddressFamily.INET));
        Thread current = Thread.currentThread();
        current.setUncaughtExceptionHandler((thread, fault) -> {});
        try {
            slow.cancel();
        } finally {
            current.setUncaughtExceptionHandler(null);
        }
        assertThat(others).allSatisfy(each -> assertThat(each.getNow("late")).startsWith("TRY_AGAIN"));
        release.countDown();
    }

    /** Where the thread for IPv6 does not come to run, on a machine that has too much to do, IPv4 waits 20 ms for it and no longer. */
    @Test
    void sixIsAskedForFirst() throws Exception {
        for (int i = 0; i < 50; i++) {
            List<AddressFamily> order = Collections.synchronizedList(new ArrayList<>());
            AtomicLong fourAt = new AtomicLong();
            BlockingResolver resolver = new BlockingResolver(
                    "test",
                    true,
                    (host, family) -> {
                        order.add(family);
                        if (family == AddressFamily.INET) {
                            fourAt.set(System.nanoTime());
                        }
                        return List.of();
                    },
                    2,
                    10);
            CompletableFuture<String> six = ask(resolver, "a.test", AddressFamily.INET6);
            long askedAt = System.nanoTime();
            CompletableFuture<String> four = ask(resolver, "a.test", AddressFamily.INET);
            six.get();
            four.get();
            assertThat(order).containsExactlyInAnyOrder(AddressFamily.INET6, AddressFamily.INET);
            if (order.get(0) == AddressFamily.INET) {
                assertThat(fourAt.get() - askedAt)
                        .as("IPv4 first, so it has waited")
                        .isGreaterThan(20_000_000);
            }
        }
    }

    @Test
    void fourDoesNotWaitForASixWithoutAThread() throws Exception {
        BlockingResolver resolver = perFamily(1);
        CompletableFuture<String> slow = ask(resolver, "slow.test", AddressFamily.INET);
        blocked.await();
        CompletableFuture<String> four = ask(resolver, "a.test", AddressFamily.INET);
        CompletableFuture<String> six = ask(resolver, "a.test", AddressFamily.INET6);
        release.countDown();
        assertThat(four.get()).isEqualTo("[/192.0.2.1] end");
        assertThat(six.get()).isEqualTo("[/2001:db8:0:0:0:0:0:1] end");
        assertThat(slow.get()).endsWith("end");
    }

    @Test
    void nameWithoutAddressOfAFamilyIsAnAnswer() throws Exception {
        assertThat(ask(perFamily(2), "four.test", AddressFamily.INET6).get()).isEqualTo("end");
        assertThat(ask(perFamily(2), "unknown.test", AddressFamily.INET6).get())
                .isEqualTo("HOST_NOT_FOUND Name or service not known");
    }

    @Test
    void lookupsThatWereGivenUpAreCountedUntilTheyEnd() throws Exception {
        BlockingResolver resolver = resolver(2, 10);
        Recorder recorder = new Recorder();
        Resolver.Lookup slow = resolver.resolve(new ResolveQuery("slow.test", AddressFamily.INET), recorder);
        blocked.await();
        assertThat(resolver.abandonedLookups()).isZero();
        slow.cancel();
        slow.cancel();
        assertThat(resolver.abandonedLookups()).isEqualTo(1);
        CompletableFuture<String> joined = ask(resolver, "slow.test", AddressFamily.INET);
        assertThat(resolver.abandonedLookups()).isZero();
        release.countDown();
        assertThat(joined.get()).isEqualTo("[/192.0.2.1] end");
        assertThat(resolver.abandonedLookups()).isZero();
        assertThat(recorder.done).isNotDone();
        assertThat(calls).hasValue(1);
    }

    @Test
    void whereAllThreadsAreStuckLookupsFailAtOnceAndLocalhostIsStillAnswered() throws Exception {
        BlockingResolver resolver = resolver(64, 1000);
        CountDownLatch allBlocked = new CountDownLatch(64);
        BlockingResolver stuck = new BlockingResolver(
                "test",
                false,
                (host, family) -> {
                    allBlocked.countDown();
                    return lookup(host, family);
                },
                64,
                1000);
        List<Resolver.Lookup> lookups = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            lookups.add(stuck.resolve(new ResolveQuery("slow" + i + ".test", AddressFamily.INET), new Recorder()));
        }
        allBlocked.await();
        CompletableFuture<String> waiting = ask(stuck, "waiting.test", AddressFamily.INET);
        lookups.forEach(Resolver.Lookup::cancel);
        assertThat(stuck.abandonedLookups()).isEqualTo(64);
        String reason = "TRY_AGAIN all 64 threads for lookups are stuck in lookups that were given up";
        assertThat(waiting.getNow("late")).isEqualTo(reason);
        assertThat(ask(stuck, "more.test", AddressFamily.INET).getNow("late")).isEqualTo(reason);
        assertThat(ask(stuck, "localhost", AddressFamily.INET).getNow("late")).isEqualTo("[localhost/127.0.0.1] end");
        assertThat(ask(resolver, "other.test", AddressFamily.INET).get()).endsWith("end");
        release.countDown();
        // joining one of those that were stuck, or a new one: either way it is answered as soon as a thread is there
        String again = "";
        for (int i = 0; !again.endsWith("end") && i < 1_000_000; i++) {
            again = ask(stuck, "again.test", AddressFamily.INET).get();
        }
        assertThat(again).isEqualTo("[/192.0.2.1] end");
    }

    @Test
    void answersByFamily() throws Exception {
        BlockingResolver resolver = resolver(2, 10);
        assertThat(ask(resolver, "a.test", AddressFamily.UNSPEC).get())
                .isEqualTo("[/192.0.2.1, /2001:db8:0:0:0:0:0:1] end");
        assertThat(ask(resolver, "a.test", AddressFamily.INET).get()).isEqualTo("[/192.0.2.1] end");
        assertThat(ask(resolver, "a.test", AddressFamily.INET6).get()).isEqualTo("[/2001:db8:0:0:0:0:0:1] end");
    }

    @Test
    void errorsHaveCodesAndTheSystemsWords() throws Exception {
        BlockingResolver resolver = resolver(2, 10);
        assertThat(ask(resolver, "unknown.test", AddressFamily.UNSPEC).get())
                .isEqualTo("HOST_NOT_FOUND Name or service not known");
        assertThat(ask(resolver, "broken.test", AddressFamily.UNSPEC).get()).isEqualTo("NO_RECOVERY broken");
    }

    @Test
    void localhostNeedsNoLookup() throws Exception {
        BlockingResolver resolver = resolver(1, 1);
        for (String name : List.of("localhost", "LOCALHOST", "localhost.", "a.localhost")) {
            assertThat(ask(resolver, name, AddressFamily.UNSPEC).getNow("late"))
                    .isEqualTo("[localhost/0:0:0:0:0:0:0:1, localhost/127.0.0.1] end");
        }
        assertThat(ask(resolver, "localhost", AddressFamily.INET).getNow("late"))
                .isEqualTo("[localhost/127.0.0.1] end");
        assertThat(calls).hasValue(0);
    }

    @Test
    void whatOnlyTheJavaLibraryTakesForAnAddressIsRefused() {
        BlockingResolver resolver = resolver(1, 1);
        for (String name : List.of("127.0.0.08", "1.2.3.4.5", "256.1.1.1", "1.2.3.4.")) {
            assertThat(ask(resolver, name, AddressFamily.UNSPEC).getNow("late")).startsWith("HOST_NOT_FOUND");
        }
    }

    @Test
    void dialsToOneSlowNameTakeOneThread() throws Exception {
        BlockingResolver resolver = resolver(1, 10);
        CompletableFuture<String> first = ask(resolver, "slow.test", AddressFamily.INET);
        blocked.await();
        CompletableFuture<String> second = ask(resolver, "slow.test", AddressFamily.INET6);
        release.countDown();
        assertThat(first.get()).isEqualTo("[/192.0.2.1] end");
        assertThat(second.get()).isEqualTo("[/2001:db8:0:0:0:0:0:1] end");
        assertThat(calls).hasValue(1);
    }

    @Test
    void slowNameDelaysNoOther() throws Exception {
        BlockingResolver resolver = resolver(2, 10);
        CompletableFuture<String> slow = ask(resolver, "slow.test", AddressFamily.INET);
        List<CompletableFuture<String>> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(ask(resolver, "slow.test", AddressFamily.INET));
        }
        assertThat(ask(resolver, "quick.test", AddressFamily.INET).get()).isEqualTo("[/192.0.2.1] end");
        assertThat(slow).isNotDone();
        assertThat(others).noneMatch(CompletableFuture::isDone);
        release.countDown();
        slow.get();
    }

    @Test
    void waitingLookupThatIsGivenUpIsNeverMade() throws Exception {
        BlockingResolver resolver = resolver(1, 10);
        CompletableFuture<String> slow = ask(resolver, "slow.test", AddressFamily.INET);
        Recorder recorder = new Recorder();
        Resolver.Lookup waiting = resolver.resolve(new ResolveQuery("waiting.test", AddressFamily.INET), recorder);
        waiting.cancel();
        waiting.cancel();
        release.countDown();
        slow.get();
        // the one thread comes to what follows only after what was waiting
        ask(resolver, "last.test", AddressFamily.INET).get();
        assertThat(calls).hasValue(2);
        assertThat(recorder.done).isNotDone();
    }

    @Test
    void fullQueueIsAnErrorAtOnce() throws Exception {
        BlockingResolver resolver = resolver(1, 1);
        CompletableFuture<String> slow = ask(resolver, "slow1.test", AddressFamily.INET);
        blocked.await();
        List<CompletableFuture<String>> more = new ArrayList<>();
        for (int i = 2; i < 10; i++) {
            more.add(ask(resolver, "slow" + i + ".test", AddressFamily.INET));
        }
        assertThat(more.get(7).getNow("late")).isEqualTo("TRY_AGAIN too many lookups are waiting");
        release.countDown();
        assertThat(slow.get()).endsWith("end");
    }

    private static CompletableFuture<String> ask(BlockingResolver resolver, String host, AddressFamily family) {
        Recorder recorder = new Recorder();
        resolver.resolve(new ResolveQuery(host, family), recorder);
        return recorder.done;
    }

    private static class Recorder implements ResolveSink {
        final CompletableFuture<String> done = new CompletableFuture<>();
        private String told = "";

        @Override
        public void answer(List<InetAddress> addresses, @Nullable Duration ttl) {
            told += addresses.isEmpty() ? "" : addresses + " ";
        }

        @Override
        public void end() {
            done.complete(told + "end");
        }

        @Override
        public void fail(ErrorCode code, String message) {
            done.complete(told + code + " " + message);
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
