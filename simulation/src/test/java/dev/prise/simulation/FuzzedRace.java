package dev.prise.simulation;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.race.Candidate;
import dev.prise.race.KnownPath;
import dev.prise.race.Race;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.race.RaceSettings;
import dev.prise.race.SourceAddress;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A race whose settings, events and times are drawn from data: events may be of numbers that do not exist, come in any order, and times may
 * stand still. After each step it is checked what holds whatever comes.
 */
final class FuzzedRace {
    private static final int MAX_STEPS = 300;
    private static final int PLACES = 12;
    private static final ErrorCode[] CODES = {
        ErrorCode.CONNECTION_REFUSED, ErrorCode.HOST_UNREACHABLE, ErrorCode.TIMED_OUT, ErrorCode.TRY_AGAIN
    };

    private final FuzzedDataProvider data;
    private final RaceSettings settings;
    private final Race race;
    private final List<Flight> flights = new ArrayList<>();
    private final Set<AddressInfo> attempted = new HashSet<>();
    private final List<String> story = new ArrayList<>();
    private int lookups;
    private boolean started;
    private boolean over;
    private long now;

    /** Where an attempt stands. */
    private enum Phase {
        FLYING,
        CONNECTED,
        ENDED,
        /** Ended, and nothing of it has reached the network. */
        ENDED_LOCALLY
    }

    /** An attempt as a driver would see it. */
    private static final class Flight {
        final boolean local;
        long sentAtNanos;
        boolean sent;
        Phase phase = Phase.FLYING;

        Flight(boolean local, long sentAtNanos) {
            this.local = local;
            this.sentAtNanos = sentAtNanos;
        }
    }

    FuzzedRace(FuzzedDataProvider data) {
        this.data = data;
        this.settings = settings(data);
        this.race = new Race(settings, new TraceRecorder("fuzzed.example", "27015", "fuzzed", null, null));
    }

    private static RaceSettings settings(FuzzedDataProvider data) {
        long floor = data.pickValue(new int[] {10, 10, 25}) * Millis.MILLI;
        return RaceSettings.builder()
                .resolutionDelayNanos(data.consumeInt(0, 500) * Millis.MILLI)
                .attemptFloorNanos(floor)
                .attemptDelayNanos(data.consumeInt(25, 2_000) * Millis.MILLI)
                .delayMultiplier(data.consumeInt(1, 4))
                .quickenAfter(data.consumeInt(0, 4))
                .warmDelays(data.consumeBoolean())
                .sequential(data.consumeBoolean())
                .attemptTimeoutNanos(data.consumeBoolean() ? 3_000 * Millis.MILLI : Long.MAX_VALUE)
                .firstFamilyCount(data.consumeInt(1, 3))
                .preferredFamily(data.pickValue(
                        new AddressFamily[] {AddressFamily.UNSPEC, AddressFamily.INET6, AddressFamily.INET}))
                .maxInFlight(data.consumeInt(1, 4))
                .maxAddresses(data.consumeInt(2, PLACES))
                .evictAfterNanos(data.consumeInt(1, 4_000) * Millis.MILLI)
                .lookupTimeoutNanos(data.consumeInt(1, 12_000) * Millis.MILLI)
                .deadlineNanos(data.consumeBoolean() ? Long.MAX_VALUE : data.consumeInt(1, 30_000) * Millis.MILLI)
                .build();
    }

    /**
     * Runs the race as long as there are data, and then to its end.
     *
     * @throws AssertionError when something does not hold; the message has the whole story
     */
    void run() {
        try {
            misuse();
            tell(new RaceEvent.Start(families(), data.consumeBoolean() ? families() : List.of(), candidates()));
            started = true;
            pollAll();
            for (int i = 0; i < MAX_STEPS && data.remainingBytes() > 0; i++) {
                step();
            }
            runOut();
            misuse();
            require(Objects.requireNonNull(race.trace()).attempts().size() == flights.size(), "an attempt is not told");
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n" + settings + "\n" + String.join("\n", story), e);
        }
    }

    /** An event before the start, or a second start, is the one thing that must throw. */
    private void misuse() {
        try {
            race.handle(
                    started ? new RaceEvent.Start(List.of(), List.of()) : new RaceEvent.Cancel(ErrorCode.CANCELLED),
                    now);
        } catch (IllegalStateException e) {
            return;
        }
        throw new AssertionError("misuse of Start was not told");
    }

    // ---- what comes

    private void step() {
        passTime();
        int events = data.consumeInt(0, 3);
        for (int i = 0; i < events; i++) {
            tell(event());
        }
        pollAll();
    }

    private void passTime() {
        long deadline = race.nextDeadlineNanos();
        switch (data.consumeInt(0, 3)) {
            case 0 -> {}
            case 1 -> now += data.consumeInt(0, 400) * Millis.MILLI;
            case 2 -> now = deadline == Long.MAX_VALUE ? now : Math.max(now, deadline);
            default -> now = deadline == Long.MAX_VALUE ? now : Math.max(now, deadline - 1);
        }
    }

    private RaceEvent event() {
        int attempt = data.consumeInt(-1, flights.size() + 1);
        int lookup = data.consumeInt(-1, lookups + 1);
        return switch (data.consumeInt(0, 10)) {
            case 0 -> new RaceEvent.Answered(lookup, candidates(), data.consumeBoolean());
            case 1 -> new RaceEvent.LookupEnded(lookup);
            case 2 -> new RaceEvent.LookupFailed(lookup, data.pickValue(CODES), "fuzzed");
            case 3 -> new RaceEvent.AttemptSent(attempt);
            case 4 -> new RaceEvent.TransportConnected(attempt);
            case 5 -> new RaceEvent.Connected(attempt);
            case 6, 7 ->
                new RaceEvent.AttemptFailed(
                        attempt, data.pickValue(RaceEvent.FailureKind.values()), data.pickValue(CODES), "fuzzed");
            case 8 ->
                new RaceEvent.AddressesRemoved(
                        candidates().stream().map(Candidate::address).toList());
            case 9 -> new RaceEvent.Crowded(candidate().address(), data.consumeBoolean());
            default ->
                data.consumeInt(0, 9) == 0 ? new RaceEvent.Cancel(ErrorCode.CANCELLED) : new RaceEvent.LookupEnded(0);
        };
    }

    private List<AddressFamily> families() {
        return switch (data.consumeInt(0, 4)) {
            case 0 -> List.of();
            case 1 -> List.of(AddressFamily.UNSPEC);
            case 2 -> List.of(AddressFamily.INET);
            case 3 -> List.of(AddressFamily.INET6);
            default -> List.of(AddressFamily.INET6, AddressFamily.INET);
        };
    }

    private List<Candidate> candidates() {
        int count = data.consumeInt(0, 5);
        List<Candidate> candidates = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            candidates.add(candidate());
        }
        return candidates;
    }

    private Candidate candidate() {
        int place = data.consumeInt(0, PLACES - 1);
        AddressInfo address = address(place);
        InetAddress source = place % 2 == 0 ? inet(6, 99) : inet(4, 99);
        KnownPath path = switch (data.consumeInt(0, 3)) {
            case 0 -> new KnownPath(data.consumeInt(0, 1_500) * Millis.MILLI, 20 * Millis.MILLI, true, null);
            case 1 -> new KnownPath(KnownPath.NO_RTT, KnownPath.NO_RTT, false, "fuzzed 1 s ago");
            default -> KnownPath.NONE;
        };
        boolean translated = place % 2 == 1 && place > 1 && data.consumeInt(0, 7) == 0;
        return new Candidate(
                address,
                data.consumeInt(0, 5) == 0 ? null : SourceAddress.of(source),
                path,
                translated ? AddressInfo.stream(new InetSocketAddress(inet(6, 100 + place), 27015)) : null);
    }

    private static AddressInfo address(int place) {
        InetAddress address =
                place == 0 ? InetAddress.getLoopbackAddress() : place % 2 == 0 ? inet(6, place) : inet(4, place);
        return AddressInfo.stream(new InetSocketAddress(address, 27015));
    }

    private static InetAddress inet(int family, int last) {
        byte[] bytes = family == 4 ? new byte[] {(byte) 192, 0, 2, 0} : new byte[16];
        if (family == 6) {
            bytes[0] = 0x20;
            bytes[1] = 0x01;
            bytes[2] = 0x0d;
            bytes[3] = (byte) 0xb8;
        }
        bytes[bytes.length - 1] = (byte) last;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    // ---- what a driver does, and what must hold

    private void tell(RaceEvent event) {
        story.add(Millis.text(now) + " told " + event);
        race.handle(event, now);
        if (over) {
            return;
        }
        switch (event) {
            case RaceEvent.AttemptSent sent -> {
                Flight flight = flying(sent.attempt());
                if (flight != null && !flight.sent) {
                    flight.sent = true;
                    flight.sentAtNanos = now;
                }
            }
            case RaceEvent.Connected connected -> end(connected.attempt(), Phase.CONNECTED);
            case RaceEvent.AttemptFailed failed -> {
                boolean reached = failed.failure() == RaceEvent.FailureKind.NETWORK
                        || failed.failure() == RaceEvent.FailureKind.NOT_READY;
                end(failed.attempt(), reached ? Phase.ENDED : Phase.ENDED_LOCALLY);
            }
            default -> {}
        }
    }

    private @Nullable Flight flying(int attempt) {
        Flight flight = attempt >= 1 && attempt <= flights.size() ? flights.get(attempt - 1) : null;
        return flight != null && flight.phase == Phase.FLYING ? flight : null;
    }

    private void end(int attempt, Phase phase) {
        Flight flight = flying(attempt);
        if (flight != null) {
            flight.phase = phase;
        }
    }

    private void pollAll() {
        for (int i = 0; i < MAX_STEPS; i++) {
            RaceAction action = race.poll(now);
            if (action == null) {
                require(race.nextDeadlineNanos() > now, "the next deadline is not ahead");
                require(race.isDone() == over, "done without a terminal action");
                return;
            }
            story.add(Millis.text(now) + " does " + action);
            require(!over, "an action after the terminal one");
            perform(action);
        }
        throw new AssertionError("it never stops doing something");
    }

    private void perform(RaceAction action) {
        switch (action) {
            case RaceAction.StartLookup start -> require(start.lookup() == ++lookups, "numbers of lookups");
            case RaceAction.CancelLookup cancel ->
                require(cancel.lookup() >= 1 && cancel.lookup() <= lookups, "no such lookup");
            case RaceAction.StartAttempt start -> started(start);
            case RaceAction.CancelAttempt cancel -> {
                require(flying(cancel.attempt()) != null, "cancels what is not under way");
                end(cancel.attempt(), Phase.ENDED);
            }
            case RaceAction.CloseLate late -> taken(late.attempt());
            case RaceAction.Learn learn ->
                require(learn.attempt() >= 1 && learn.attempt() <= flights.size(), "learns of no attempt");
            case RaceAction.Won won -> {
                taken(won.attempt());
                end();
            }
            case RaceAction.Failed failed -> end();
        }
    }

    private void started(RaceAction.StartAttempt start) {
        boolean local = start.candidate().connectAddress().isLocal();
        require(start.attempt() == flights.size() + 1, "numbers of attempts");
        require(attempted.add(start.candidate().address()), "an address twice");
        require(flights.size() < settings.maxAddresses(), "more addresses than allowed");
        require(countFlying() < settings.maxInFlight(), "more in flight than allowed");
        for (Flight flight : flights) {
            boolean exempt = flight.phase == Phase.ENDED_LOCALLY || (flight.local && local);
            require(exempt || now - flight.sentAtNanos >= settings.attemptFloorNanos(), "within the floor");
        }
        flights.add(new Flight(local, now));
        // what the system says at once comes between two polls, and opening a socket takes its time
        if (data.consumeBoolean()) {
            now += data.consumeInt(0, 3) * Millis.MILLI;
            tell(new RaceEvent.AttemptSent(start.attempt()));
        }
        if (data.consumeInt(0, 3) == 0) {
            tell(event());
        }
    }

    private long countFlying() {
        return flights.stream().filter(flight -> flight.phase == Phase.FLYING).count();
    }

    private void taken(int attempt) {
        require(
                attempt >= 1 && attempt <= flights.size() && flights.get(attempt - 1).phase == Phase.CONNECTED,
                "takes what is not connected");
        flights.get(attempt - 1).phase = Phase.ENDED;
    }

    private void end() {
        require(
                flights.stream().noneMatch(flight -> flight.phase == Phase.FLYING || flight.phase == Phase.CONNECTED),
                "a socket is left open");
        over = true;
    }

    /** Nothing comes any more: it must end at its deadline, or by a cancel when it has none. */
    private void runOut() {
        for (int i = 0; i < MAX_STEPS && !over; i++) {
            long deadline = race.nextDeadlineNanos();
            if (deadline == Long.MAX_VALUE) {
                tell(new RaceEvent.Cancel(ErrorCode.CANCELLED));
            } else {
                now = deadline;
            }
            pollAll();
        }
        require(over, "no end");
        Trace trace = race.trace();
        now += Millis.MILLI;
        tell(new RaceEvent.Connected(1));
        pollAll();
        require(Objects.equals(trace, race.trace()), "the story changed after its end");
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
