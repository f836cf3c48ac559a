package dev.prise.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressLiteral;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceRecorder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A race as a script: what comes when, and then the log of what the race did. All times are milliseconds since the dial began.
 *
 * <p>Addresses have short names: {@code 6a} to {@code 6z} are global IPv6 addresses, {@code 4a} to {@code 4z} IPv4 ones, {@code 6lo}
 * and {@code 4lo} the loopback addresses, {@code 4lo2} one more; {@code 6a!} is an address without a source. An address that nothing
 * is said of never answers.
 */
final class RaceScript {
    private static final long MILLI = 1_000_000L;

    /** IPv4 before IPv6, as RFC 6724 section 10.3 has it. */
    static final RaceSettings PREFER_IPV4 = RaceSettings.builder()
            .policyTable(new PolicyTable(List.of(
                    PolicyTable.row("::1", 128, 50, 0),
                    PolicyTable.row("::", 0, 40, 1),
                    PolicyTable.row("::ffff:0:0", 96, 100, 4))))
            .build();

    private final List<AddressFamily> lookups = new ArrayList<>();
    private final List<Candidate> known = new ArrayList<>();
    private final List<Scheduled> schedule = new ArrayList<>();
    private final Map<String, Result> results = new HashMap<>();
    private final Map<AddressInfo, String> names = new HashMap<>();
    private final Map<Integer, String> attempts = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();
    private final List<String> lessons = new ArrayList<>();
    private final Map<String, Long> reachedAfter = new HashMap<>();
    private final Map<String, KnownPath> paths = new HashMap<>();
    private final List<AddressFamily> reserve = new ArrayList<>();
    private final Race race;
    private long nowMillis;
    private boolean ran;

    private record Scheduled(long atMillis, RaceEvent event) {}

    private record Result(long afterMillis, RaceEvent.FailureKind failure, ErrorCode code) {}

    private RaceScript(RaceSettings settings) {
        this.race = new Race(settings, new TraceRecorder("dual.example", "27015", "script", null, null));
    }

    /** A dial to a name with two lookups, AAAA and then A, and the default settings. */
    static RaceScript dial() {
        return dial(RaceSettings.DEFAULT);
    }

    static RaceScript dial(RaceSettings settings) {
        return new RaceScript(settings).lookups(AddressFamily.INET6, AddressFamily.INET);
    }

    /** A dial to addresses that need no lookup. */
    static RaceScript dialKnown(RaceSettings settings, String... addresses) {
        RaceScript script = new RaceScript(settings);
        script.known.addAll(script.candidates(addresses));
        return script;
    }

    /** A dial to a name with one lookup for both families. */
    static RaceScript dialOneLookup(RaceSettings settings) {
        return new RaceScript(settings).lookups(AddressFamily.UNSPEC);
    }

    /** A dial to a name with a lookup for one family. */
    static RaceScript dialOnly(AddressFamily family) {
        return new RaceScript(RaceSettings.DEFAULT).lookups(family);
    }

    private RaceScript lookups(AddressFamily... families) {
        lookups.addAll(Arrays.asList(families));
        return this;
    }

    /** These addresses are known when the dial begins, beside what its lookups will bring. */
    RaceScript knowing(String... addresses) {
        known.addAll(candidates(addresses));
        return this;
    }

    /** These families are asked for when the others have brought nothing. */
    RaceScript reserve(AddressFamily... families) {
        reserve.addAll(Arrays.asList(families));
        return this;
    }

    // ---- what comes

    /** The AAAA lookup answers and ends. */
    RaceScript aaaa(long atMillis, String... addresses) {
        return answer(atMillis, AddressFamily.INET6, addresses).ends(atMillis, AddressFamily.INET6);
    }

    /** The A lookup answers and ends. */
    RaceScript a(long atMillis, String... addresses) {
        return answer(atMillis, AddressFamily.INET, addresses).ends(atMillis, AddressFamily.INET);
    }

    /** The one lookup for both families answers and ends. */
    RaceScript both(long atMillis, String... addresses) {
        return answer(atMillis, AddressFamily.UNSPEC, addresses).ends(atMillis, AddressFamily.UNSPEC);
    }

    /** A lookup answers and goes on. */
    RaceScript answer(long atMillis, AddressFamily family, String... addresses) {
        return event(atMillis, new RaceEvent.Answered(id(family), candidates(addresses)));
    }

    /** A lookup answers and ends with this answer, as one event; without addresses, it is negative. */
    RaceScript lastAnswer(long atMillis, AddressFamily family, String... addresses) {
        return event(atMillis, new RaceEvent.Answered(id(family), candidates(addresses), true));
    }

    /** A lookup ends; without an answer before, it is negative. */
    RaceScript ends(long atMillis, AddressFamily family) {
        return event(atMillis, new RaceEvent.LookupEnded(id(family)));
    }

    /** A lookup fails. */
    RaceScript lookupFails(long atMillis, AddressFamily family, ErrorCode code) {
        return event(atMillis, new RaceEvent.LookupFailed(id(family), code, code.meaning()));
    }

    /** Addresses are taken back. */
    RaceScript removed(long atMillis, String... addresses) {
        return event(
                atMillis,
                new RaceEvent.AddressesRemoved(Arrays.stream(addresses)
                        .map(address -> candidate(address).address())
                        .toList()));
    }

    /** Other dials wait for this address in vain, or no longer do. */
    RaceScript crowded(long atMillis, String address, boolean crowded) {
        return event(atMillis, new RaceEvent.Crowded(candidate(address).address(), crowded));
    }

    /** The caller gives up. */
    RaceScript cancel(long atMillis) {
        return event(atMillis, new RaceEvent.Cancel(ErrorCode.CANCELLED));
    }

    /** Anything else. */
    RaceScript event(long atMillis, RaceEvent event) {
        schedule.add(new Scheduled(atMillis, event));
        return this;
    }

    // ---- what the addresses do

    /** Attempts to this address connect so long after their start. */
    RaceScript connects(String address, long afterMillis) {
        results.put(address, new Result(afterMillis, null, null));
        return this;
    }

    /** Attempts to this address are refused so long after their start. */
    RaceScript refuses(String address, long afterMillis) {
        return fails(address, afterMillis, RaceEvent.FailureKind.NETWORK, ErrorCode.CONNECTION_REFUSED);
    }

    /** Attempts to this address fail so long after their start. */
    RaceScript fails(String address, long afterMillis, RaceEvent.FailureKind failure, ErrorCode code) {
        results.put(address, new Result(afterMillis, failure, code));
        return this;
    }

    /** Attempts to this address reach their peer so long after their start; what else is said of it is when it is ready, or fails. */
    RaceScript reaches(String address, long afterMillis) {
        reachedAfter.put(address, afterMillis);
        return this;
    }

    /** What is remembered of this address: its round-trip time with the variation. */
    RaceScript roundTrip(String address, long smoothedMillis, long variationMillis) {
        paths.put(address, new KnownPath(smoothedMillis * MILLI, variationMillis * MILLI, true, null));
        return this;
    }

    /** There has been trouble with this address. */
    RaceScript trouble(String address, String trouble) {
        paths.put(address, new KnownPath(KnownPath.NO_RTT, KnownPath.NO_RTT, false, trouble));
        return this;
    }

    private RaceEvent withPaths(RaceEvent event) {
        return event instanceof RaceEvent.Answered answer
                ? new RaceEvent.Answered(answer.lookup(), withPaths(answer.candidates()), answer.last())
                : event;
    }

    private List<Candidate> withPaths(List<Candidate> candidates) {
        return candidates.stream()
                .map(candidate ->
                        candidate.withPath(paths.getOrDefault(names.get(candidate.address()), KnownPath.NONE)))
                .toList();
    }

    // ---- running

    /** Runs to the end of the dial and compares the log: one line for each thing done, {@code time verb what (why)}. */
    RaceScript runsAs(String... lines) {
        run();
        assertThat(log).containsExactly(lines);
        assertThat(race.isDone()).isTrue();
        return this;
    }

    /** Runs to the end of the dial. */
    RaceScript run() {
        assertThat(ran).as("a script runs once").isFalse();
        ran = true;
        race.handle(new RaceEvent.Start(lookups, reserve, withPaths(known)), 0);
        step();
        while (!race.isDone()) {
            long eventAt = schedule.stream()
                    .mapToLong(Scheduled::atMillis)
                    .filter(at -> at >= nowMillis)
                    .min()
                    .orElse(Long.MAX_VALUE);
            long wakeAtNanos = race.nextDeadlineNanos();
            assertThat(wakeAtNanos).as("the next deadline, at %s ms", nowMillis).isGreaterThan(nowMillis * MILLI);
            // rounded up, since a script knows whole milliseconds only
            long wakeAt = wakeAtNanos == Long.MAX_VALUE ? Long.MAX_VALUE : (wakeAtNanos + MILLI - 1) / MILLI;
            nowMillis = Math.min(eventAt, wakeAt);
            assertThat(nowMillis).as("something must happen").isNotEqualTo(Long.MAX_VALUE);
            step();
        }
        return this;
    }

    /** Hands over the events of this instant as one batch, then does what the race wants. */
    private void step() {
        List<Scheduled> due = new ArrayList<>(schedule);
        due.removeIf(scheduled -> scheduled.atMillis > nowMillis);
        schedule.removeAll(due);
        due.sort(Comparator.comparingLong(Scheduled::atMillis));
        for (Scheduled scheduled : due) {
            race.handle(withPaths(scheduled.event), nowMillis * MILLI);
        }
        for (RaceAction action = race.poll(nowMillis * MILLI); action != null; action = race.poll(nowMillis * MILLI)) {
            perform(action);
        }
    }

    private void perform(RaceAction action) {
        switch (action.kind()) {
            case START_LOOKUP -> {}
            case CANCEL_LOOKUP ->
                log("cancel lookup "
                        + lookups.get(((RaceAction.CancelLookup) action).lookup() - 1)
                                .jsonName());
            case START_ATTEMPT -> start((RaceAction.StartAttempt) action);
            case CANCEL_ATTEMPT -> {
                RaceAction.CancelAttempt cancel = (RaceAction.CancelAttempt) action;
                log("cancel " + attempts.get(cancel.attempt()) + " (" + lower(cancel.reason()) + ")");
            }
            case CLOSE_LATE -> log("close late " + attempts.get(((RaceAction.CloseLate) action).attempt()));
            case LEARN -> learned((RaceAction.Learn) action);
            case WON -> log("won " + attempts.get(((RaceAction.Won) action).attempt()));
            case FAILED -> log("failed (" + lower(((RaceAction.Failed) action).reason()) + ")");
        }
    }

    private void learned(RaceAction.Learn learn) {
        Lesson lesson = learn.lesson();
        String what = lower(lesson.kind()) + " " + lesson.nanos() / MILLI;
        lessons.add(nowMillis + " " + attempts.get(learn.attempt()) + " " + what
                + (lesson.code() == null ? "" : " " + lower(lesson.code())));
    }

    /** What was learnt: {@code 40 6a round_trip 30}. */
    List<String> lessons() {
        return lessons;
    }

    private void start(RaceAction.StartAttempt start) {
        String name = names.get(start.candidate().address());
        attempts.put(start.attempt(), name);
        log("start " + name + " (" + start.why().jsonName() + ")");
        Long reached = reachedAfter.get(name);
        if (reached != null) {
            event(nowMillis + reached, new RaceEvent.TransportConnected(start.attempt()));
        }
        Result result = results.get(name);
        if (result != null) {
            RaceEvent event = result.failure == null
                    ? new RaceEvent.Connected(start.attempt())
                    : new RaceEvent.AttemptFailed(start.attempt(), result.failure, result.code, result.code.meaning());
            if (result.afterMillis == 0) {
                race.handle(event, nowMillis * MILLI);
            } else {
                event(nowMillis + result.afterMillis, event);
            }
        }
    }

    private void log(String what) {
        log.add(nowMillis + " " + what);
    }

    // ---- what is left to look at

    /** What was started, in order: {@code 6a@10 4a@260}. */
    String starts() {
        List<String> starts = new ArrayList<>();
        for (String line : log) {
            String[] words = line.split(" ", -1);
            if (words[1].equals("start")) {
                starts.add(words[2] + "@" + words[0]);
            }
        }
        return String.join(" ", starts);
    }

    Trace trace() {
        return Objects.requireNonNull(race.trace());
    }

    Race race() {
        return race;
    }

    /** The candidate of this name. */
    Candidate candidate(String name) {
        boolean hasSource = !name.endsWith("!");
        String plain = hasSource ? name : name.substring(0, name.length() - 1);
        String address = switch (plain) {
            case "6lo" -> "::1";
            case "4lo" -> "127.0.0.1";
            case "4lo2" -> "127.0.0.2";
            default -> (plain.charAt(0) == '6' ? "2001:db8:1::" : "192.0.2.") + (plain.charAt(1) - 'a' + 1);
        };
        String source = plain.endsWith("lo") || plain.equals("4lo2")
                ? address
                : plain.charAt(0) == '6' ? "2001:db8:1::99" : "192.0.2.99";
        AddressInfo info = AddressInfo.stream(new InetSocketAddress(inet(address), 27015));
        names.put(info, plain);
        return new Candidate(info, hasSource ? inet(source) : null);
    }

    static InetAddress inet(String literal) {
        try {
            return InetAddress.getByAddress(
                    Objects.requireNonNull(AddressLiteral.parse(literal)).bytes());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    private List<Candidate> candidates(String... addresses) {
        return Arrays.stream(addresses).map(this::candidate).toList();
    }

    private int id(AddressFamily family) {
        int index = lookups.indexOf(family);
        return index >= 0 ? index + 1 : lookups.size() + reserve.indexOf(family) + 1;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
