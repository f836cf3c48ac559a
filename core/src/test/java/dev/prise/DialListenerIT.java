package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.address.ErrorCode;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listener is promised beside what {@link DialerContractIT} shows of each kind of dial: a start and one end of each thing. */
@Timeout(60)
class DialListenerIT {
    private static final Resolver TWO = Loopback.answering(Loopback.FIRST, Loopback.SECOND);

    enum Way {
        BLOCKING {
            @Override
            void dial(Dialer dialer, String host, int port) throws Exception {
                dialer.dial(host, port).close();
            }
        },
        ASYNC {
            @Override
            void dial(Dialer dialer, String host, int port) throws Exception {
                dialer.dialAsync(host, port).get().close();
            }
        },
        FACTORY {
            @Override
            void dial(Dialer dialer, String host, int port) throws Exception {
                try (Socket socket = dialer.socketFactory().createSocket()) {
                    socket.connect(InetSocketAddress.createUnresolved(host, port));
                }
            }
        };

        /** Connects and closes. */
        abstract void dial(Dialer dialer, String host, int port) throws Exception;
    }

    /** Keeps what it is told until the end. */
    private static final class Story implements DialListener {
        final List<TraceEvent> events = new CopyOnWriteArrayList<>();
        final Queue<Thread> starters = new ConcurrentLinkedQueue<>();
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public void onEvent(TraceEvent event) {
            events.add(event);
            if (event.kind() == TraceEvent.Kind.DIAL_STARTED) {
                starters.add(Thread.currentThread());
            } else if (event.kind() == TraceEvent.Kind.DIAL_ENDED) {
                ended.countDown();
            }
        }

        List<TraceEvent.Kind> kinds() throws InterruptedException {
            assertThat(ended.await(20, TimeUnit.SECONDS)).as("an end").isTrue();
            return events.stream().map(TraceEvent::kind).toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("the start is told by the thread that dials, with the target as it was given")
    void startByTheCaller(Way way) throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            Story story = new Story();
            Dialer dialer = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.FIRST))
                    .listener(story)
                    .build();
            way.dial(dialer, "One.test", server.port());
            assertThat(story.kinds())
                    .containsExactly(
                            TraceEvent.Kind.DIAL_STARTED,
                            TraceEvent.Kind.LOOKUP_STARTED,
                            TraceEvent.Kind.LOOKUP_ENDED,
                            TraceEvent.Kind.ATTEMPT_STARTED,
                            TraceEvent.Kind.ATTEMPT_ENDED,
                            TraceEvent.Kind.DIAL_ENDED);
            assertThat(story.events.get(0))
                    .isEqualTo(new TraceEvent.DialStarted("One.test", Integer.toString(server.port())));
            assertThat(story.starters).containsExactly(Thread.currentThread());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("dials at the same time can be told apart: each has a listener of its own")
    void oneForEachDial(Way way) throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            Map<String, Story> stories = new ConcurrentHashMap<>();
            Dialer dialer = Dialer.builder()
                    .resolver(TWO)
                    .listener(forEach(target -> stories.computeIfAbsent(target.host(), host -> new Story())))
                    .build();
            List<String> hosts = List.of("a.test", "b.test", "c.test");
            CountDownLatch done = new CountDownLatch(hosts.size());
            for (String host : hosts) {
                new Thread(() -> {
                            try {
                                way.dial(dialer, host, server.port());
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            } finally {
                                done.countDown();
                            }
                        })
                        .start();
            }
            done.await();
            assertThat(stories).containsOnlyKeys(hosts);
            for (Map.Entry<String, Story> each : stories.entrySet()) {
                assertThat(each.getValue().kinds())
                        .containsOnlyOnce(TraceEvent.Kind.DIAL_STARTED, TraceEvent.Kind.DIAL_ENDED);
                assertThat(((TraceEvent.DialStarted) each.getValue().events.get(0)).host())
                        .isEqualTo(each.getKey());
            }
        }
    }

    private static DialListener forEach(Function<Target, @Nullable DialListener> choice) {
        return new DialListener() {
            @Override
            public void onEvent(TraceEvent event) {
                throw new AssertionError("told in place of the dial's own");
            }

            @Override
            public @Nullable DialListener forDial(Target target) {
                return choice.apply(target);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what is thrown at each event is counted, and told to the uncaught exception handler")
    void countsFaults(Way way) throws Exception {
        faultsAre(way, () -> new IllegalStateException("broken listener"));
        faultsAre(way, () -> new AssertionError("broken listener"));
        faultsAre(way, () -> new IOException("broken listener"));
    }

    private static void faultsAre(Way way, Supplier<Throwable> faults) throws Exception {
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> uncaught.add(fault));
        try (Loopback.Server server = new Loopback.Server(Loopback.SECOND, 0)) {
            Story story = new Story();
            long counted = DialListener.faults();
            Dialer dialer = Dialer.builder()
                    .resolver(TWO)
                    .listener(event -> {
                        story.onEvent(event);
                        DialListenerIT.<RuntimeException>throwUnchecked(faults.get());
                    })
                    .build();
            way.dial(dialer, "two.test", server.port());
            assertThat(story.kinds()).hasSize(8);
            assertThat(DialListener.faults() - counted).isEqualTo(8);
            assertThat(uncaught)
                    .hasSize(8)
                    .allSatisfy(fault -> assertThat(fault).hasMessage("broken listener"));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    /** As other languages let a listener throw anything. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUnchecked(Throwable fault) throws E {
        throw (E) fault;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a dial that nobody is to be told of, and one whose listener cannot be had")
    void nobody(Way way) throws Exception {
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> uncaught.add(fault));
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0)) {
            long counted = DialListener.faults();
            way.dial(Dialer.builder().listener(forEach(target -> null)).build(), "127.0.0.1", server.port());
            assertThat(DialListener.faults()).isEqualTo(counted);
            DialListener broken = forEach(target -> {
                throw new IllegalStateException("no listener for " + target.host());
            });
            way.dial(Dialer.builder().listener(broken).build(), "127.0.0.1", server.port());
            assertThat(DialListener.faults()).isEqualTo(counted + 1);
            assertThat(uncaught)
                    .hasSize(1)
                    .allSatisfy(fault -> assertThat(fault).hasMessage("no listener for 127.0.0.1"));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a fault of the program ends the dial, and what was started has its end all the same")
    void brokenOff(Way way) throws Exception {
        Resolver broken = new Resolver() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                throw new AssertionError("an Error in a resolver");
            }
        };
        Story story = new Story();
        Dialer dialer = Dialer.builder().resolver(broken).listener(story).build();
        assertThatThrownBy(() -> way.dial(dialer, "broken.test", 1))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown)
                                .isInstanceOf(AssertionError.class)
                                .hasMessage("an Error in a resolver"),
                        thrown -> assertThat(thrown)
                                .isInstanceOf(ExecutionException.class)
                                .hasRootCauseMessage("an Error in a resolver"));
        assertThat(story.kinds())
                .containsExactly(
                        TraceEvent.Kind.DIAL_STARTED,
                        TraceEvent.Kind.LOOKUP_STARTED,
                        TraceEvent.Kind.LOOKUP_ENDED,
                        TraceEvent.Kind.DIAL_ENDED);
        Trace trace = ((TraceEvent.DialEnded) story.events.get(3)).trace();
        assertThat(trace.lookups().get(0).outcome()).isEqualTo(Trace.LookupOutcome.CANCELLED);
        assertThat(trace.error())
                .isEqualTo(new Trace.Failure(
                        ErrorCode.UNKNOWN, "the dial broke off: java.lang.AssertionError: an Error in a resolver"));
    }

    @Test
    @DisplayName("what is refused before it begins has neither a start nor an end")
    void refused() {
        Story story = new Story();
        Dialer dialer = Dialer.builder().listener(story).build();
        assertThatThrownBy(() -> dialer.dial("not a name", 1)).isInstanceOf(UnknownHostException.class);
        assertThat(story.events).isEmpty();
    }
}
