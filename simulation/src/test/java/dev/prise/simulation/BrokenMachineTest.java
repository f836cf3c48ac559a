package dev.prise.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.race.Candidate;
import dev.prise.race.Race;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.race.RaceSettings;
import dev.prise.trace.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Races that are broken in one way each: a sample of the big world finds every one of them. */
class BrokenMachineTest {
    private static final int SAMPLE = 3_000;

    /** A race with something wrong. */
    private static class Broken implements Machine {
        final Machine real;

        Broken(Machine real) {
            this.real = real;
        }

        @Override
        public void handle(RaceEvent event, long nowNanos) {
            real.handle(event, nowNanos);
        }

        @Override
        public @Nullable RaceAction poll(long nowNanos) {
            return real.poll(nowNanos);
        }

        @Override
        public long nextDeadlineNanos() {
            return real.nextDeadlineNanos();
        }

        @Override
        public boolean isLastAttempt() {
            return real.isLastAttempt();
        }

        @Override
        public Race.State state() {
            return real.state();
        }

        @Override
        public @Nullable Trace trace() {
            return real.trace();
        }
    }

    /** Some dial of the sample violates it; others may find what comes of the same mistake. */
    private static void assertFound(String invariant, Machine.Factory factory) {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < SAMPLE; i++) {
            try {
                BigWorld.dial(BigWorld.seedOf(6724, i), factory);
            } catch (AssertionError found) {
                if (found.getMessage().contains(invariant)) {
                    assertThat(found).hasMessageContaining("-Dsim.runs=1");
                    return;
                }
                others.add(found.getMessage().lines().skip(1).findFirst().orElse(""));
            }
        }
        fail("no dial violates " + invariant + ", but "
                + others.stream().distinct().limit(5).toList());
    }

    /** For what takes a certain world to show. */
    private static void assertFoundIn(Scenario scenario, Invariant invariant, Machine.Factory factory) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> new SimWorld(scenario, factory, SimWorld.Disturbance.NONE).run())
                .withMessageContaining("violated: " + invariant);
    }

    @Test
    @DisplayName("it oversleeps once")
    void oversleeps() {
        assertFound("violated: ", (settings, listener) -> new Broken(Machine.race(settings, listener)) {
            private boolean skipped;

            @Override
            public @Nullable RaceAction poll(long nowNanos) {
                if (nowNanos > 300 * Millis.MILLI && !skipped) {
                    skipped = true;
                    return null;
                }
                return super.poll(nowNanos);
            }
        });
    }

    @Test
    @DisplayName("9: with one more address, another start comes 1 ms later than the delay of that one")
    void oneMoreAddress() {
        List<SimAddress> holes = List.of(
                new SimAddress(Place.of(Place.Kind.GLOBAL_4, 0), Behaviour.HOLE, 0),
                new SimAddress(Place.of(Place.Kind.GLOBAL_4, 1), Behaviour.HOLE, 0),
                new SimAddress(Place.of(Place.Kind.GLOBAL_6, 0), Behaviour.HOLE, 0));
        SimLookup lookup =
                new SimLookup(AddressFamily.UNSPEC, List.of(new SimLookup.Answer(0, holes)), SimLookup.End.ENDED, 0);
        RaceSettings steady = RaceSettings.builder().quickenAfter(0).build();
        Scenario scenario = new Scenario(steady, List.of(lookup), List.of());
        SimWorld.Result right = SimWorld.run(scenario);
        BigWorld.oneMoreAddress(scenario, Machine::race, right);

        Map<AddressInfo, Long> starts = new HashMap<>(right.starts());
        starts.computeIfPresent(holes.get(1).candidate().address(), (address, at) -> at - Millis.MILLI);
        SimWorld.Result earlier = new SimWorld.Result(right.steps(), right.won(), right.overAtNanos(), starts);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> BigWorld.oneMoreAddress(scenario, Machine::race, earlier))
                .withMessageContaining("violated: 9: ");
    }

    @Test
    @DisplayName("it keeps no places for the family that is ranked last")
    void noFamilyShare() {
        List<SimAddress> refusing = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            refusing.add(new SimAddress(Place.of(Place.Kind.GLOBAL_6, i), Behaviour.REFUSES, 20 * Millis.MILLI));
        }
        for (int i = 0; i < 3; i++) {
            refusing.add(new SimAddress(Place.of(Place.Kind.GLOBAL_4, i), Behaviour.REFUSES, 20 * Millis.MILLI));
        }
        RaceSettings settings = RaceSettings.DEFAULT.withFirstFamilyCount(8).withCaps(20, 6);
        Scenario scenario = new Scenario(settings, List.of(), refusing);
        assertThat(SimWorld.run(scenario).starts()).hasSize(6);

        assertFoundIn(scenario, Invariant.FAMILY_SHARE, (given, listener) -> new Broken(Machine.race(given, listener)) {
            @Override
            public void handle(RaceEvent event, long nowNanos) {
                super.handle(
                        event instanceof RaceEvent.Start start
                                ? new RaceEvent.Start(
                                        start.lookups(), start.known().subList(0, given.maxAddresses()))
                                : event,
                        nowNanos);
            }
        });
    }

    @Test
    @DisplayName("a late answer makes it hurry")
    void lateAnswerHurries() {
        SimAddress six = new SimAddress(Place.of(Place.Kind.GLOBAL_6, 0), Behaviour.HOLE, 0);
        SimAddress four = new SimAddress(Place.of(Place.Kind.GLOBAL_4, 0), Behaviour.HOLE, 0);
        long lateAt = 100 * Millis.MILLI;
        SimLookup lookup = new SimLookup(
                AddressFamily.UNSPEC,
                List.of(new SimLookup.Answer(0, List.of(six)), new SimLookup.Answer(lateAt, List.of(four), true)),
                SimLookup.End.NEVER,
                0);
        Scenario scenario = new Scenario(RaceSettings.DEFAULT, List.of(lookup), List.of());
        assertThat(SimWorld.run(scenario).starts())
                .containsEntry(four.candidate().address(), RaceSettings.DEFAULT.attemptDelayNanos());

        // it starts at once
        assertFoundIn(
                scenario,
                Invariant.LATE_ANSWER,
                (settings, listener) -> new Broken(Machine.race(settings.withAttemptDelayNanos(lateAt), listener)) {
                    @Override
                    public long nextDeadlineNanos() {
                        return Math.max(super.nextDeadlineNanos(), settings.attemptDelayNanos());
                    }
                });
        // it wants to be woken at once
        assertFoundIn(
                scenario, Invariant.LATE_ANSWER, (settings, listener) -> new Broken(Machine.race(settings, listener)) {
                    private long answeredAt;

                    @Override
                    public void handle(RaceEvent event, long nowNanos) {
                        answeredAt = event instanceof RaceEvent.Answered ? nowNanos : answeredAt;
                        super.handle(event, nowNanos);
                    }

                    @Override
                    public long nextDeadlineNanos() {
                        return answeredAt > 0 ? answeredAt + 1 : super.nextDeadlineNanos();
                    }
                });
    }

    @Test
    @DisplayName("it does not know that an answer can be the last")
    void noLastAnswer() {
        assertFound("violated: ", (settings, listener) -> new Broken(Machine.race(settings, listener)) {
            @Override
            public void handle(RaceEvent event, long nowNanos) {
                super.handle(
                        event instanceof RaceEvent.Answered answer
                                ? new RaceEvent.Answered(answer.lookup(), answer.candidates())
                                : event,
                        nowNanos);
            }
        });
    }

    @Test
    @DisplayName("it takes every answer for the last")
    void everyAnswerTheLast() {
        assertFound("violated: ", (settings, listener) -> new Broken(Machine.race(settings, listener)) {
            @Override
            public void handle(RaceEvent event, long nowNanos) {
                super.handle(
                        event instanceof RaceEvent.Answered answer
                                ? new RaceEvent.Answered(answer.lookup(), answer.candidates(), true)
                                : event,
                        nowNanos);
            }
        });
    }

    @Test
    @DisplayName("10: it does not do the same again")
    void notReplayable() {
        AtomicInteger races = new AtomicInteger();
        assertFound("violated: 10: ", (settings, listener) -> {
            long delay = settings.attemptDelayNanos();
            boolean second = races.incrementAndGet() % 2 == 0 && delay > settings.attemptFloorNanos();
            return Machine.race(
                    second && listener == null
                            ? settings.withAttemptDelayNanos(settings.attemptFloorNanos())
                            : settings,
                    listener);
        });
    }

    @Test
    @DisplayName("11: extra polls change something")
    void extraPolls() {
        assertFound("violated: 11: ", (settings, listener) -> new Broken(Machine.race(settings, listener)) {
            private int pollsInVain;

            @Override
            public void handle(RaceEvent event, long nowNanos) {
                pollsInVain = 0;
                super.handle(event, nowNanos);
            }

            @Override
            public long nextDeadlineNanos() {
                return super.nextDeadlineNanos() - (pollsInVain > 1 ? 1 : 0);
            }

            @Override
            public @Nullable RaceAction poll(long nowNanos) {
                RaceAction action = super.poll(nowNanos);
                pollsInVain = action == null ? pollsInVain + 1 : 0;
                return action;
            }
        });
    }

    @Test
    @DisplayName("14: it wants to be woken at once")
    void wakesAtOnce() {
        assertFound("violated: 14: ", (settings, listener) -> new Broken(Machine.race(settings, listener)) {
            private long lastPoll;

            @Override
            public long nextDeadlineNanos() {
                return super.nextDeadlineNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : lastPoll;
            }

            @Override
            public @Nullable RaceAction poll(long nowNanos) {
                lastPoll = nowNanos;
                return super.poll(nowNanos);
            }
        });
    }

    @Test
    @DisplayName("15: it believes numbers that it has not given")
    void staleNumbers() {
        assertFound("violated: ", (settings, listener) -> new Broken(Machine.race(settings, listener)) {
            @Override
            public void handle(RaceEvent event, long nowNanos) {
                super.handle(
                        event instanceof RaceEvent.Connected connected && connected.attempt() >= 100
                                ? new RaceEvent.Connected(1)
                                : event,
                        nowNanos);
            }
        });
    }

    @Test
    @DisplayName("it takes an address without a way there for a usable one")
    void blindToSources() {
        assertFound("violated: ", (settings, listener) -> new Broken(Machine.race(settings, listener)) {
            @Override
            public void handle(RaceEvent event, long nowNanos) {
                super.handle(
                        event instanceof RaceEvent.Answered answer
                                ? new RaceEvent.Answered(
                                        answer.lookup(),
                                        answer.candidates().stream()
                                                .map(BrokenMachineTest::withSource)
                                                .toList(),
                                        answer.last())
                                : event,
                        nowNanos);
            }
        });
    }

    private static Candidate withSource(Candidate candidate) {
        return new Candidate(candidate.address(), candidate.address().inetAddress());
    }

    @Test
    @DisplayName("it paces from the decision to connect, not from the first packet")
    void deafToPackets() {
        assertFound("violated: ", (settings, listener) -> new Broken(Machine.race(settings, listener)) {
            @Override
            public void handle(RaceEvent event, long nowNanos) {
                if (event.kind() != RaceEvent.Kind.ATTEMPT_SENT) {
                    super.handle(event, nowNanos);
                }
            }
        });
    }

    @Test
    @DisplayName("it forgets the Resolution Delay")
    void noResolutionDelay() {
        assertFound(
                Invariant.START_RULE.toString(),
                (settings, listener) -> Machine.race(settings.withResolutionDelayNanos(0), listener));
    }

    @Test
    @DisplayName("it waits longer than the Resolution Delay")
    void longResolutionDelay() {
        assertFound(
                Invariant.WAKES_IN_TIME.toString(),
                (settings, listener) -> Machine.race(settings.withResolutionDelayNanos(500 * Millis.MILLI), listener));
    }

    @Test
    @DisplayName("it is too fast")
    void shortAttemptDelay() {
        assertFound(
                Invariant.START_RULE.toString(),
                (settings, listener) ->
                        Machine.race(settings.withAttemptDelayNanos(settings.attemptFloorNanos()), listener));
    }

    @Test
    @DisplayName("it does not stop at the deadline")
    void noDeadline() {
        assertFound(
                Invariant.WAKES_IN_TIME.toString(),
                (settings, listener) -> Machine.race(settings.withDeadlineNanos(Long.MAX_VALUE), listener));
    }

    @Test
    @DisplayName("it prefers the other family")
    void otherFamily() {
        assertFound("violated: ", (settings, listener) -> Machine.race(settings.withFirstFamilyCount(4), listener));
    }

    @Test
    @DisplayName("it does not know its caps")
    void noCaps() {
        assertFound(
                Invariant.IN_FLIGHT_CAP.toString(),
                (settings, listener) -> Machine.race(settings.withCaps(64, settings.maxAddresses()), listener));
        assertFound(
                Invariant.START_RULE.toString(),
                (settings, listener) -> Machine.race(settings.withCaps(settings.maxInFlight(), 100), listener));
    }

    @Test
    @DisplayName("it leaves a loser running")
    void loserLeftRunning() {
        assertFound(Invariant.ONE_END.toString(), (settings, listener) -> new Broken(Machine.race(settings, listener)) {
            @Override
            public @Nullable RaceAction poll(long nowNanos) {
                RaceAction action = super.poll(nowNanos);
                return action instanceof RaceAction.CancelAttempt ? super.poll(nowNanos) : action;
            }
        });
    }

    @Test
    @DisplayName("it starts an address twice")
    void startsTwice() {
        assertFound("violated: ", (settings, listener) -> new Broken(Machine.race(settings, listener)) {
            private final Queue<RaceAction> again = new ArrayDeque<>();

            @Override
            public @Nullable RaceAction poll(long nowNanos) {
                RaceAction action = again.isEmpty() ? super.poll(nowNanos) : again.remove();
                if (action instanceof RaceAction.StartAttempt start && start.attempt() == 1) {
                    again.add(new RaceAction.StartAttempt(2, start.candidate(), start.why()));
                }
                return action;
            }
        });
    }

    @Test
    @DisplayName("it goes on after the end")
    void twoEnds() {
        assertFound("violated: ", (settings, listener) -> new Broken(Machine.race(settings, listener)) {
            private boolean told;

            @Override
            public @Nullable RaceAction poll(long nowNanos) {
                RaceAction action = super.poll(nowNanos);
                if (action == null && trace() != null && !told) {
                    told = true;
                    return new RaceAction.Failed(RaceAction.FailReason.BUG);
                }
                return action;
            }
        });
    }
}
