package dev.prise.simulation;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.race.Candidate;
import dev.prise.race.Race;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceEvent;
import dev.prise.race.RaceSettings;
import dev.prise.trace.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A network with a virtual clock, for one dial: answers lookups and attempts as its {@link Scenario} has it, and checks the race after
 * every step. When the dial is over, its inputs are fed to a second race, without what must not matter (extra polls, unknown and stale
 * numbers), and the outputs must be the same.
 */
final class SimWorld {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int MAX_STEPS = 10_000;
    private static final int FIRST_STREAM_OF_CHANGES = 1_000;

    /** An address that no scenario has. */
    private static final Place NOWHERE = Place.of(Place.Kind.GLOBAL_6, Place.COUNT - 1);

    private final Scenario scenario;
    private final Machine.Factory factory;
    private final Disturbance disturbance;
    private final Observer observer;
    private final Map<AddressInfo, SimAddress> addresses;
    private final InvariantChecker checker;
    private final Machine machine;
    private final List<Queued> queue = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Integer, SimAddress> attempts = new HashMap<>();
    private long now;
    private int steps;

    /**
     * An event that will come.
     *
     * @param stream events of the same stream never overtake each other
     */
    private record Queued(long atNanos, int stream, RaceEvent event) {}

    /**
     * What was done to the race.
     *
     * @param event null for a poll
     * @param extra whether it must not matter
     * @param action what a poll gave
     */
    record Operation(
            long atNanos,
            @Nullable RaceEvent event,
            boolean extra,
            @Nullable RaceAction action) {}

    /** Told of each step of a dial. */
    @FunctionalInterface
    interface Observer {
        Observer NONE = (before, operations, after) -> {};

        /**
         * A step is over.
         *
         * @param before where the race stood before it
         * @param operations what it was told and what it did
         * @param after where it stands now
         */
        void step(Race.State before, List<Operation> operations, Race.State after);
    }

    /**
     * A dial that is over.
     *
     * @param steps how many batches of events and wake-ups it took
     * @param won whether it connected
     * @param overAtNanos when
     * @param starts when which address was attempted
     */
    record Result(int steps, boolean won, long overAtNanos, Map<AddressInfo, Long> starts) {}

    /**
     * How far the world departs from punctuality.
     *
     * @param random the source of it, null for a punctual world
     * @param latenessNanos at most this late are wake-ups and events
     */
    record Disturbance(@Nullable Random random, long latenessNanos) {
        static final Disturbance NONE = new Disturbance(null, 0);

        boolean happens(int oneIn) {
            return random != null && random.nextInt(oneIn) == 0;
        }

        /** A time from 0 to the bound, exclusively. */
        long pick(long bound) {
            return random == null || bound <= 0 ? 0 : random.nextLong(bound);
        }

        void shuffle(List<?> list) {
            if (random != null) {
                Collections.shuffle(list, random);
            }
        }
    }

    SimWorld(Scenario scenario, Machine.Factory factory, Disturbance disturbance) {
        this(scenario, factory, disturbance, Observer.NONE);
    }

    SimWorld(Scenario scenario, Machine.Factory factory, Disturbance disturbance, Observer observer) {
        this.observer = observer;
        this.scenario = scenario;
        this.factory = factory;
        this.disturbance = disturbance;
        this.addresses = scenario.addresses();
        this.checker = new InvariantChecker(scenario.settings(), this::preference);
        this.machine = factory.create(scenario.settings(), checker::traceEvent);
    }

    /** Runs a dial against the real race in a punctual world. */
    static Result run(Scenario scenario) {
        return new SimWorld(scenario, Machine::race, Disturbance.NONE).run();
    }

    private int preference(Candidate candidate) {
        return Objects.requireNonNull(addresses.get(candidate.address())).preference();
    }

    /**
     * Runs the dial to its end and a little beyond.
     *
     * @throws AssertionError when an invariant does not hold; the message has the whole story
     */
    Result run() {
        try {
            begin();
            while (!checker.isOver()) {
                advance();
            }
            checker.trace(machine.trace());
            afterwards();
            checkReach();
            replay();
            return new Result(steps, checker.hasWon(), checker.overAtNanos(), checker.starts());
        } catch (Violation violation) {
            throw new AssertionError(violation.getMessage() + "\n" + story(), violation);
        } catch (IllegalStateException | IllegalArgumentException | NullPointerException fault) {
            throw new AssertionError("a fault in the race: " + fault + "\n" + story(), fault);
        }
    }

    private void begin() {
        if (scenario.cancel().atNanos() != NEVER) {
            queue.add(new Queued(scenario.cancel().atNanos(), -1, new RaceEvent.Cancel(ErrorCode.CANCELLED)));
        }
        int stream = FIRST_STREAM_OF_CHANGES;
        for (Scenario.Change change : scenario.changes()) {
            queue.add(new Queued(change.atNanos(), stream, change.event()));
            stream++;
        }
        List<RaceEvent> first = new ArrayList<>(2);
        first.add(new RaceEvent.Start(
                families(scenario.lookups()), families(scenario.reserve()), candidates(scenario.known())));
        step(first);
    }

    private static List<AddressFamily> families(List<SimLookup> lookups) {
        List<AddressFamily> families = new ArrayList<>(lookups.size());
        for (SimLookup lookup : lookups) {
            families.add(lookup.family());
        }
        return families;
    }

    /** As they are said for the first time; a place has one behaviour and one memory. */
    private List<Candidate> candidates(List<SimAddress> said) {
        List<Candidate> candidates = new ArrayList<>(said.size());
        for (SimAddress address : said) {
            SimAddress first = addresses.get(address.candidate().address());
            candidates.add((first == null ? address : first).candidate());
        }
        return candidates;
    }

    /** Goes on to what comes next: an event, or the time at which the race wants to be woken. */
    private void advance() {
        long wakeAt = machine.nextDeadlineNanos();
        for (Queued queued : queue) {
            wakeAt = Math.min(wakeAt, queued.atNanos);
        }
        if (wakeAt == NEVER || steps > MAX_STEPS) {
            throw new Violation(Invariant.DEADLINE, "nothing will ever happen");
        }
        if (disturbance.happens(6)) {
            pollTooEarly(wakeAt);
        }
        now = Math.max(now, wakeAt);
        if (disturbance.happens(4)) {
            now += disturbance.pick(disturbance.latenessNanos() + 1);
        }
        step(dueEvents());
    }

    private List<RaceEvent> dueEvents() {
        List<Queued> due = new ArrayList<>();
        queue.removeIf(queued -> queued.atNanos <= now && due.add(queued));
        due.sort((a, b) -> Long.compare(a.atNanos, b.atNanos));
        if (disturbance.happens(2)) {
            List<Queued> shuffled = new ArrayList<>(due);
            disturbance.shuffle(shuffled);
            keepStreams(due, shuffled);
            return eventsOf(shuffled);
        }
        return eventsOf(due);
    }

    private static List<RaceEvent> eventsOf(List<Queued> queued) {
        List<RaceEvent> events = new ArrayList<>(queued.size() + 1);
        queued.forEach(each -> events.add(each.event));
        return events;
    }

    /** Puts the events of each stream back into their order, in the places that the shuffle gave them. */
    private static void keepStreams(List<Queued> inOrder, List<Queued> shuffled) {
        Map<Integer, List<Queued>> streams = new HashMap<>();
        for (Queued queued : inOrder) {
            streams.computeIfAbsent(queued.stream, stream -> new ArrayList<>()).add(queued);
        }
        shuffled.replaceAll(
                queued -> Objects.requireNonNull(streams.get(queued.stream)).removeFirst());
    }

    /** One batch of events, then polls until there is nothing to do. */
    private void step(List<RaceEvent> events) {
        Race.State before = machine.state();
        int from = operations.size();
        boolean cancelsHere = scenario.cancel().step() == steps;
        if (cancelsHere && !scenario.cancel().afterPolls()) {
            events.add(new RaceEvent.Cancel(ErrorCode.CANCELLED));
        }
        for (RaceEvent event : events) {
            if (steps > 0 && disturbance.happens(10)) {
                tellNonsense();
            }
            tell(event);
        }
        if (steps > 0 && disturbance.happens(10)) {
            tellNonsense();
        }
        pollAll();
        if (cancelsHere && scenario.cancel().afterPolls()) {
            observer.step(before, operations.subList(from, operations.size()), machine.state());
            before = machine.state();
            from = operations.size();
            tell(new RaceEvent.Cancel(ErrorCode.CANCELLED));
            pollAll();
        }
        observer.step(before, operations.subList(from, operations.size()), machine.state());
        if (disturbance.happens(3)) {
            pollInVain(Invariant.EXTRA_POLLS, now);
        }
        steps++;
    }

    private void tell(RaceEvent event) {
        operations.add(new Operation(now, event, false, null));
        checker.event(event, now);
        machine.handle(event, now);
    }

    private void pollAll() {
        for (int i = 0; i < MAX_STEPS; i++) {
            RaceAction action = machine.poll(now);
            operations.add(new Operation(now, null, false, action));
            if (action == null) {
                checker.idle(machine.nextDeadlineNanos(), machine.isLastAttempt(), now);
                checker.state(machine.state());
                return;
            }
            checker.action(action, now);
            perform(action);
        }
        throw new Violation(Invariant.ONE_TERMINAL, "it never stops doing something");
    }

    private void perform(RaceAction action) {
        switch (action) {
            case RaceAction.StartLookup start -> look(start.lookup());
            case RaceAction.StartAttempt start -> connect(start);
            case RaceAction.CancelLookup cancel -> forget(-1 - cancel.lookup());
            case RaceAction.CancelAttempt cancel -> forget(cancel.attempt());
            case RaceAction.CloseLate late -> forget(late.attempt());
            case RaceAction.Learn learn -> {}
            case RaceAction.Won won -> {}
            case RaceAction.Failed failed -> {}
        }
    }

    private void look(int id) {
        SimLookup lookup = scenario.lookup(id);
        int stream = -1 - id;
        for (SimLookup.Answer answer : lookup.answers()) {
            RaceEvent event = new RaceEvent.Answered(id, candidates(answer.addresses()), answer.last());
            queue.add(new Queued(now + answer.atNanos(), stream, event));
        }
        switch (lookup.end()) {
            case ENDED -> queue.add(new Queued(now + lookup.endAtNanos(), stream, new RaceEvent.LookupEnded(id)));
            case FAILED -> lookupFails(id, lookup, ErrorCode.TRY_AGAIN);
            case NO_SUCH_NAME -> lookupFails(id, lookup, ErrorCode.HOST_NOT_FOUND);
            case NEVER -> {}
        }
    }

    private void lookupFails(int id, SimLookup lookup, ErrorCode code) {
        queue.add(new Queued(now + lookup.endAtNanos(), -1 - id, new RaceEvent.LookupFailed(id, code, code.meaning())));
    }

    private void connect(RaceAction.StartAttempt start) {
        SimAddress address =
                Objects.requireNonNull(addresses.get(start.candidate().address()));
        attempts.put(start.attempt(), address);
        if (disturbance.happens(3)) {
            // opening a socket has taken its time
            now += disturbance.pick(disturbance.latenessNanos() + 1);
        }
        tell(new RaceEvent.AttemptSent(start.attempt()));
        long sentAt = now;
        if (address.isReached()) {
            happens(
                    start.attempt(),
                    sentAt + address.reachedAfterNanos(),
                    new RaceEvent.TransportConnected(start.attempt()));
        }
        if (address.behaviour() != Behaviour.HOLE) {
            happens(
                    start.attempt(),
                    sentAt + address.afterNanos(),
                    address.behaviour().eventOf(start.attempt()));
        }
    }

    private void happens(int attempt, long atNanos, RaceEvent event) {
        if (atNanos == now) {
            // what a system call says at once comes between two polls
            tell(event);
        } else {
            queue.add(new Queued(atNanos, attempt, event));
        }
    }

    /** What has been given up is not heard of any more, but for what was on its way already. */
    private void forget(int stream) {
        queue.removeIf(queued -> queued.stream == stream && !disturbance.happens(3));
    }

    // ---- what must not matter

    private void pollTooEarly(long wakeAt) {
        if (wakeAt - 1 > now) {
            now += 1 + disturbance.pick(wakeAt - now - 1);
            pollInVain(Invariant.EXTRA_POLLS, now);
        }
    }

    private void pollInVain(Invariant invariant, long at) {
        long before = machine.nextDeadlineNanos();
        RaceAction action = machine.poll(at);
        operations.add(new Operation(at, null, true, action));
        if (action != null || machine.nextDeadlineNanos() != before) {
            throw new Violation(invariant, "an extra poll at " + Millis.text(at) + " gave " + action);
        }
    }

    /** Numbers that do not exist, or of what has ended. */
    private void tellNonsense() {
        int unknown = disturbance.happens(2) ? -(int) disturbance.pick(3) : 100 + (int) disturbance.pick(100);
        boolean ended = disturbance.happens(2);
        int attempt = ended ? endedAttempt(unknown) : unknown;
        int lookup = ended ? endedLookup(unknown) : unknown;
        RaceEvent event = switch ((int) disturbance.pick(9)) {
            case 0 -> new RaceEvent.Connected(attempt);
            case 1 -> Behaviour.BUG.eventOf(attempt);
            case 2 -> new RaceEvent.LookupEnded(lookup);
            case 3 -> new RaceEvent.AttemptSent(attempt);
            case 4 -> new RaceEvent.LookupFailed(lookup, ErrorCode.TRY_AGAIN, "nonsense");
            case 5 -> new RaceEvent.TransportConnected(attempt);
            case 6 -> new RaceEvent.AddressesRemoved(List.of(NOWHERE.candidate().address()));
            case 7 -> new RaceEvent.Crowded(NOWHERE.candidate().address(), disturbance.happens(2));
            default -> new RaceEvent.Answered(lookup, List.of(NOWHERE.candidate()), disturbance.happens(2));
        };
        operations.add(new Operation(now, event, true, null));
        machine.handle(event, now);
    }

    private int endedAttempt(int otherwise) {
        for (Operation operation : operations) {
            if (operation.event instanceof RaceEvent.AttemptFailed failed && !operation.extra) {
                return failed.attempt();
            }
        }
        return otherwise;
    }

    private int endedLookup(int otherwise) {
        for (Operation operation : operations) {
            if (operation.extra || operation.event == null) {
                continue;
            }
            switch (operation.event) {
                case RaceEvent.LookupEnded ended -> {
                    return ended.lookup();
                }
                case RaceEvent.LookupFailed failed -> {
                    return failed.lookup();
                }
                case RaceEvent.Answered answer -> {
                    if (answer.last()) {
                        return answer.lookup();
                    }
                }
                default -> {}
            }
        }
        return otherwise;
    }

    /** It is over; nothing that still comes may do anything. */
    private void afterwards() {
        Trace trace = machine.trace();
        for (int id = 1; id <= attempts.size(); id++) {
            machine.handle(new RaceEvent.Connected(id), now + id);
            pollInVain(Invariant.ONE_TERMINAL, now + id);
        }
        machine.handle(new RaceEvent.Cancel(ErrorCode.CANCELLED), now + Millis.MILLI);
        pollInVain(Invariant.ONE_TERMINAL, scenario.settings().deadlineNanos());
        if (!Objects.equals(machine.trace(), trace)) {
            throw new Violation(Invariant.TRACE, "the story changed after its end");
        }
    }

    // ---- what takes more than one run

    private void replay() {
        Machine second = factory.create(scenario.settings(), null);
        for (Operation operation : operations) {
            if (operation.extra) {
                continue;
            }
            if (operation.event != null) {
                second.handle(operation.event, operation.atNanos);
                continue;
            }
            RaceAction action = second.poll(operation.atNanos);
            if (!Objects.equals(action, operation.action)) {
                throw new Violation(
                        Invariant.REPLAY,
                        "at " + Millis.text(operation.atNanos) + " first " + operation.action + ", then " + action);
            }
        }
        if (!Objects.equals(second.trace(), machine.trace())) {
            throw new Violation(Invariant.REPLAY, "another story");
        }
    }

    /** A coarse bound that is not derived from the start rule: by then, whatever accepts has been attempted and has answered. */
    private void checkReach() {
        RaceSettings settings = scenario.settings();
        int count = addresses.size();
        boolean unhindered = scenario.cancel().isNone()
                && scenario.changes().isEmpty()
                && count <= settings.maxAddresses()
                && count <= settings.maxInFlight()
                && !settings.sequential()
                && settings.attemptTimeoutNanos() == NEVER
                && addresses.values().stream().noneMatch(address -> address.behaviour() == Behaviour.BUG);
        if (!unhindered || checker.hasWon()) {
            return;
        }
        long bound =
                settings.deadlineNanos() - settings.resolutionDelayNanos() - (count + 4) * disturbance.latenessNanos();
        for (SimAddress address : addresses.values()) {
            bound -= longestWaitAfter(address);
        }
        checkReach(bound);
    }

    private long longestWaitAfter(SimAddress address) {
        RaceSettings settings = scenario.settings();
        long delay = settings.delayMultiplier() > 1 ? settings.maxAttemptDelayNanos() : settings.attemptDelayNanos();
        if (settings.warmDelays() && address.candidate().path().hasRtt()) {
            delay = Math.max(delay, settings.maxWarmDelayNanos());
        }
        long reached = address.reachedAfterNanos();
        return address.isReached() ? reached + Math.max(2 * reached + 50 * Millis.MILLI, delay) : delay;
    }

    private void checkReach(long bound) {
        scenario.known().forEach(address -> checkReach(address, 0, bound));
        for (SimLookup lookup : scenario.lookups()) {
            long until = Math.min(
                    lookup.end() == SimLookup.End.NEVER ? NEVER : lookup.endAtNanos(),
                    scenario.lookups().size() > 1
                            ? scenario.settings().lookupTimeoutNanos() - disturbance.latenessNanos() - 1
                            : NEVER);
            for (SimLookup.Answer answer : lookup.answers()) {
                if (answer.atNanos() <= until) {
                    answer.addresses().stream()
                            .filter(address -> lookup.family().admits(address.family()))
                            .forEach(address -> checkReach(address, answer.atNanos(), bound));
                }
                if (answer.last()) {
                    break;
                }
            }
        }
    }

    private void checkReach(SimAddress said, long knownAt, long bound) {
        SimAddress address =
                Objects.requireNonNull(addresses.get(said.candidate().address()));
        if (address.behaviour() == Behaviour.ACCEPTS && knownAt + address.afterNanos() < bound) {
            throw new Violation(Invariant.REACH, address + ", known at " + Millis.text(knownAt));
        }
    }

    // ---- the story of a failing run

    private String story() {
        StringBuilder text = new StringBuilder(2_000);
        text.append(scenario.settings()).append('\n');
        addresses
                .values()
                .forEach(address -> text.append("address ").append(address).append('\n'));
        for (Operation operation : operations) {
            text.append(Millis.text(operation.atNanos)).append(operation.extra ? "  (extra) " : "  ");
            if (operation.event != null) {
                text.append("told   ").append(Story.of(operation.event));
            } else {
                text.append("does   ").append(operation.action == null ? "nothing" : Story.of(operation.action));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
