package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.address.AddressFamily;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What recordings of the JDK Flight Recorder hold of dials. */
@Timeout(120)
class FlightRecordingIT {
    private static final int DIALS = 1000;
    private static final String PREFIX = "dev.prise.";

    /** Clocks of a recording and of {@link System#nanoTime} run apart a little. */
    private static final Duration DRIFT = Duration.ofMillis(1);

    @TempDir
    Path folder;

    /** Of each dial by its host: the trace, and how long it took at least from one event to a later one. */
    private record Told(Trace trace, Duration atLeast) {}

    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(DIALS);

    /** Notes the trace of one dial, and how long it was between its first event and the last one before its end. */
    private final class Note implements DialListener {
        private volatile long startedAtNanos;
        private volatile long lastAtNanos;

        @Override
        public void onEvent(TraceEvent event) {
            long now = System.nanoTime();
            if (event instanceof TraceEvent.DialStarted) {
                startedAtNanos = now;
                lastAtNanos = now;
            } else if (event instanceof TraceEvent.DialEnded end) {
                Duration atLeast = Duration.ofNanos(lastAtNanos - startedAtNanos);
                Told before = told.put(end.trace().host(), new Told(end.trace(), atLeast));
                assertThat(before).isNull();
                ended.countDown();
            } else {
                lastAtNanos = now;
            }
        }
    }

    private Dialer.Builder noting() {
        return Dialer.builder()
                // each dial is as the first
                .history(DialHistory.off())
                .listener(new DialListener() {
                    @Override
                    public void onEvent(TraceEvent event) {
                        throw new AssertionError("each dial has a listener of its own");
                    }

                    @Override
                    public DialListener forDial(Target target) {
                        return new Note();
                    }
                });
    }

    /** The recorded events of one dial, as texts that can be compared with its trace. */
    private record Recorded(RecordedEvent dial, List<RecordedEvent> lookups, List<RecordedEvent> attempts) {}

    @Test
    @DisplayName(
            "a thousand dials of all kinds: each with its lookups and attempts, their outcomes and times, and nothing else")
    void thousandDials() throws Exception {
        List<RecordedEvent> events;
        try (Loopback.Server server = new Loopback.Server(Loopback.SECOND, 0);
                Loopback.Hole hole = new Loopback.Hole(Loopback.address("127.0.0.3"), server.port());
                Recording recording = new Recording()) {
            recording.enable(PREFIX + "Dial");
            recording.enable(PREFIX + "Lookup");
            recording.enable(PREFIX + "Attempt");
            recording.start();
            dialAll(server.port());
            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
            recording.stop();
            events = events(recording);
        }
        assertThat(told).hasSize(DIALS);
        Map<String, Recorded> recorded = byHost(events);
        assertThat(recorded.keySet()).isEqualTo(told.keySet());
        for (Map.Entry<String, Told> each : told.entrySet()) {
            compare(each.getValue(), recorded.get(each.getKey()));
        }
    }

    /** One of ten kinds after the other. */
    private void dialAll(int port) throws Exception {
        InetAddress refusing = Loopback.FIRST;
        InetAddress good = Loopback.SECOND;
        InetAddress silent = Loopback.address("127.0.0.3");
        Dialer first = noting().resolver(Loopback.answering(good)).build();
        Dialer second = noting().resolver(Loopback.answering(refusing, good)).build();
        Dialer slow = noting().unsafeAttemptDelay(Duration.ofMillis(10))
                .resolver(Loopback.answering(silent, good))
                .build();
        Dialer none = noting().resolver(Loopback.answering(refusing)).build();
        Dialer late = noting().deadline(Duration.ofMillis(20))
                .resolver(Loopback.answering(silent))
                .build();
        Dialer unknown = noting().resolver(Loopback.knowingNothing()).build();
        Dialer waiting = noting().resolver(
                        Loopback.silent(Resolver.Lookup.ENDED, AddressFamily.INET6, AddressFamily.INET))
                .build();
        List<CompletableFuture<DialResult>> futures = new ArrayList<>();
        for (int i = 0; i < DIALS; i++) {
            String host = "dial-" + i + ".test";
            switch (i % 10) {
                case 0 -> first.dial(host, port).close();
                case 1 -> futures.add(first.dialAsync(host, port));
                case 2 -> second.dial(host, port).close();
                case 3 -> futures.add(second.dialAsync(host, port));
                case 4 -> slow.dial(host, port).close();
                case 5 -> assertThatThrownBy(() -> none.dial(host, port)).isInstanceOf(DialConnectException.class);
                case 6 -> futures.add(late.dialAsync(host, port));
                case 7 ->
                    assertThatThrownBy(() -> unknown.dial(host, port)).isInstanceOf(DialUnknownHostException.class);
                case 8 -> waiting.dialAsync(host, port).cancel(false);
                default -> bySocket(second, host, port);
            }
        }
        for (CompletableFuture<DialResult> future : futures) {
            DialResult result = future.handle((connected, failure) -> connected).get();
            if (result != null) {
                result.close();
            }
        }
    }

    private static void bySocket(Dialer dialer, String host, int port) throws IOException {
        try (Socket socket = dialer.socketFactory().createSocket()) {
            socket.connect(InetSocketAddress.createUnresolved(host, port));
        }
    }

    private List<RecordedEvent> events(Recording recording) throws IOException {
        Path file = folder.resolve("dials.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith(PREFIX))
                .toList();
    }

    private static Map<String, Recorded> byHost(List<RecordedEvent> events) {
        Map<Long, Recorded> byId = new TreeMap<>();
        for (RecordedEvent event : named(events, "Dial")) {
            Recorded recorded = new Recorded(event, new ArrayList<>(), new ArrayList<>());
            assertThat(byId.put(event.getLong("dialId"), recorded)).isNull();
        }
        for (RecordedEvent event : named(events, "Lookup")) {
            byId.get(event.getLong("dialId")).lookups.add(event);
        }
        for (RecordedEvent event : named(events, "Attempt")) {
            byId.get(event.getLong("dialId")).attempts.add(event);
        }
        Map<String, Recorded> byHost = new TreeMap<>();
        for (Recorded recorded : byId.values()) {
            assertThat(byHost.put(recorded.dial.getString("host"), recorded)).isNull();
        }
        return byHost;
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(PREFIX + name))
                .toList();
    }

    private static void compare(Told told, Recorded recorded) {
        Trace trace = told.trace;
        assertThat(fields(recorded.dial))
                .isEqualTo(trace.host() + "|" + trace.service() + "|"
                        + trace.outcome().jsonName() + "|"
                        + (trace.winner() == null ? "null|0|null" : address(trace.winner())) + "|"
                        + error(trace.error()) + "|" + trace.lookups().size() + "|"
                        + trace.attempts().size());
        assertThat(recorded.lookups)
                .extracting(FlightRecordingIT::fields)
                .containsExactlyInAnyOrderElementsOf(trace.lookups().stream()
                        .map(lookup -> lookup.id() + "|" + trace.host() + "|"
                                + lookup.family().jsonName() + "|" + lookup.resolver() + "|null|"
                                + lookup.outcome().jsonName() + "|"
                                + String.join(", ", lookup.addresses()) + "|" + error(lookup.error()))
                        .toList());
        assertThat(recorded.attempts)
                .extracting(FlightRecordingIT::fields)
                .containsExactlyInAnyOrderElementsOf(trace.attempts().stream()
                        .map(attempt -> attempt.id() + "|" + address(attempt) + "|"
                                + attempt.why().jsonName() + "|"
                                + attempt.outcome().jsonName() + "|" + error(attempt.error()))
                        .toList());
        assertThat(recorded.dial.getDuration()).isGreaterThanOrEqualTo(told.atLeast.minus(DRIFT));
        for (RecordedEvent part : recorded.lookups) {
            assertThat(isWithin(part, recorded.dial))
                    .as("%s of %s", part, recorded.dial)
                    .isTrue();
        }
        for (RecordedEvent part : recorded.attempts) {
            assertThat(isWithin(part, recorded.dial))
                    .as("%s of %s", part, recorded.dial)
                    .isTrue();
        }
    }

    private static String address(Trace.Attempt attempt) {
        return attempt.address().addressText() + "|" + attempt.address().port() + "|"
                + attempt.address().family().jsonName();
    }

    private static String error(Trace.@Nullable Failure failure) {
        return failure == null ? "null|null" : failure.code() + "|" + failure.message();
    }

    /** All fields of ours but those that differ from one time to the next. */
    private static String fields(RecordedEvent event) {
        Set<String> left = new HashSet<>(Set.of(
                "startTime", "duration", "eventThread", "stackTrace", "dialId", "beforeFirstAttempt", "reachedAfter"));
        List<String> values = new ArrayList<>();
        event.getFields().stream()
                .filter(field -> !left.contains(field.getName()))
                .forEach(field -> values.add(String.valueOf(event.<Object>getValue(field.getName()))));
        return String.join("|", values);
    }

    private static boolean isWithin(RecordedEvent part, RecordedEvent whole) {
        return !part.getStartTime().isBefore(whole.getStartTime())
                && !part.getEndTime().isAfter(whole.getEndTime());
    }

    @Test
    @DisplayName(
            "a recording with the Java library's own settings has them, and text of others cannot move a terminal's cursor")
    void defaultSettings() throws Exception {
        try (Loopback.Refusing refusing = new Loopback.Refusing();
                Recording recording = new Recording(Configuration.getConfiguration("default"))) {
            Dialer dialer = Dialer.builder()
                    .resolver(new Named("evil\u001b[31m\nresolver", Loopback.answering(Loopback.FIRST)))
                    .build();
            recording.start();
            assertThatThrownBy(() -> dialer.dial("plain.test", refusing.port()))
                    .isInstanceOf(DialConnectException.class);
            recording.stop();
            List<RecordedEvent> events = events(recording);
            assertThat(events)
                    .extracting(event -> event.getEventType().getName())
                    .containsExactlyInAnyOrder(PREFIX + "Dial", PREFIX + "Lookup", PREFIX + "Attempt");
            assertThat(named(events, "Lookup").get(0).getString("resolver")).isEqualTo("evil?[31m?resolver");
            assertThat(named(events, "Dial").get(0).getDuration("beforeFirstAttempt"))
                    .isPositive();
            assertThat(named(events, "Attempt").get(0).getLong("reachedAfter")).isEqualTo(Long.MIN_VALUE);
        }
    }

    /** A resolver under another name. */
    private record Named(String name, Resolver resolver) implements Resolver {
        @Override
        public Lookup resolve(ResolveQuery query, ResolveSink sink) {
            return resolver.resolve(query, sink);
        }
    }

    @Test
    @DisplayName("an event that a recording does not want is not in it")
    void someOnly() throws Exception {
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                Recording recording = new Recording()) {
            recording.disable(PREFIX + "Lookup");
            recording.disable(PREFIX + "Dial");
            recording.enable(PREFIX + "Attempt");
            recording.start();
            Dialer dialer = Dialer.builder()
                    .resolver(Loopback.answering(Loopback.FIRST))
                    .build();
            dialer.dial("some.test", server.port()).close();
            recording.stop();
            assertThat(events(recording))
                    .extracting(event -> event.getEventType().getName())
                    .containsExactly(PREFIX + "Attempt");
        }
    }

    @Test
    @DisplayName("a dial that had begun before the recording is not in it, not even by half")
    void begunBefore() throws Exception {
        CompletableFuture<ResolveSink> asked = new CompletableFuture<>();
        Resolver held = new Resolver() {
            @Override
            public String name() {
                return "held";
            }

            @Override
            public Lookup resolve(ResolveQuery query, ResolveSink sink) {
                asked.complete(sink);
                return Lookup.ENDED;
            }
        };
        try (Loopback.Server server = new Loopback.Server(Loopback.FIRST, 0);
                Recording recording = new Recording(Configuration.getConfiguration("default"))) {
            Dialer dialer = Dialer.builder().resolver(held).build();
            CompletableFuture<DialResult> future = dialer.dialAsync("held.test", server.port());
            ResolveSink sink = asked.get();
            recording.start();
            sink.lastAnswer(List.of(Loopback.FIRST), null);
            future.get().close();
            dialer.dial("127.0.0.1", server.port()).close();
            recording.stop();
            assertThat(events(recording))
                    .extracting(event -> event.getEventType().getName())
                    .containsExactlyInAnyOrder(PREFIX + "Attempt", PREFIX + "Dial");
        }
    }
}
