package dev.prise.simulation;

import java.util.List;

/** The rules of the race, and how each of them is broken. */
final class Mutants {
    private static final String RACE = "Race";
    private static final String CANDIDATES = "RaceCandidates";
    private static final String ATTEMPT = "RaceAttempt";
    private static final String PACE = "AttemptPace";
    private static final String ORDER = "DestinationOrder";

    static final List<Mutant> ALL = List.of(
            // ---- the gate
            new Mutant(
                    "the Resolution Delay is kept",
                    RACE,
                    "!isPreferredPending() ? 0 : resolutionDelayEndsAtNanos",
                    "!isPreferredPending() ? 0 : 0"),
            new Mutant(
                    "the Resolution Delay is as long as it is",
                    RACE,
                    "plus(now, settings.resolutionDelayNanos())",
                    "plus(now, 2 * settings.resolutionDelayNanos())"),
            new Mutant(
                    "the Resolution Delay runs from the first answer",
                    RACE,
                    "candidates.add(found, now) && resolutionDelayEndsAtNanos == NEVER",
                    "candidates.add(found, now)"),
            new Mutant(
                    "the gate waits for the preferred family",
                    RACE,
                    "candidates.hasPromising() && !isPreferredPending()",
                    "candidates.hasPromising()"),
            new Mutant(
                    "an address without a way there does not open the gate",
                    CANDIDATES,
                    "candidate.source() != null && !candidate.path().isPenalised()",
                    "!candidate.path().isPenalised()"),
            new Mutant(
                    "an address with trouble does not open the gate",
                    CANDIDATES,
                    "!candidate.path().isPenalised() && !crowded",
                    "!crowded"),
            new Mutant(
                    "a crowded address does not open the gate",
                    CANDIDATES,
                    "!candidate.path().isPenalised() && !crowded",
                    "!candidate.path().isPenalised()"),
            // ---- the pace
            new Mutant(
                    "attempts keep the floor",
                    RACE,
                    "plus(earlier.sentAtNanos, settings.attemptFloorNanos())",
                    "earlier.sentAtNanos"),
            new Mutant(
                    "what failed on this machine keeps no floor",
                    RACE,
                    "if (earlier.reachedNetwork && !bothLocal) {",
                    "if (!bothLocal) {"),
            new Mutant(
                    "two loopback addresses keep no floor",
                    RACE,
                    "if (earlier.reachedNetwork && !bothLocal) {",
                    "if (earlier.reachedNetwork) {"),
            new Mutant(
                    "the failure of the newest starts the next",
                    RACE,
                    "return newest.endedAtNanos;",
                    "return plus(newest.sentAtNanos, newest.delayNanos);"),
            new Mutant("delays count from the first packet", RACE, "attempt.sentAtNanos = now;", ""),
            new Mutant(
                    "a loopback address has a delay of its own",
                    PACE,
                    "entry.isLocal() ? Math.min(delay, settings.loopbackAttemptDelayNanos()) : delay",
                    "delay"),
            new Mutant(
                    "each attempt under way makes the delay longer", PACE, "delay *= settings.delayMultiplier();", ""),
            new Mutant("known round trips make the delay", PACE, "settings.warmDelays() && entry", "false && entry"),
            new Mutant("known round trips can be left alone", PACE, "settings.warmDelays() && entry", "entry"),
            new Mutant("a warm delay is half as long again", PACE, "smoothed + smoothed / 2", "smoothed"),
            new Mutant(
                    "a warm delay has four variations",
                    PACE,
                    "4 * path.rttVariationNanos()",
                    "2 * path.rttVariationNanos()"),
            new Mutant(
                    "a warm delay is not under the least",
                    PACE,
                    "return Math.max(settings.minAttemptDelayNanos(), Math.min(delay, settings.maxWarmDelayNanos()));",
                    "return Math.min(delay, settings.maxWarmDelayNanos());"),
            // ---- quickening
            new Mutant("further delays are 0.7 of the one before", PACE, "previous / 10 * 7", "previous / 10 * 8"),
            new Mutant(
                    "quickening begins after so many attempts",
                    PACE,
                    "unanswered <= settings.quickenAfter()",
                    "unanswered < settings.quickenAfter()"),
            new Mutant(
                    "quickening is not under the least",
                    PACE,
                    "Math.min(plain, settings.minAttemptDelayNanos())",
                    "Math.min(plain, settings.attemptFloorNanos())"),
            new Mutant(
                    "quickening is not under a known round trip",
                    PACE,
                    "isWarm(entry) ? unmultiplied(entry) :",
                    "false ? unmultiplied(entry) :"),
            new Mutant("an answer ends quickening", RACE, "unanswered = 0;", "unanswered += 0;"),
            new Mutant(
                    "an answer ends quickening of the delay that runs",
                    RACE,
                    "newest.delayNanos = newest.plainDelayNanos;",
                    ""),
            new Mutant(
                    "the system's giving up is no answer",
                    RACE,
                    "failed.code() != ErrorCode.TIMED_OUT",
                    "failed.code() != ErrorCode.UNKNOWN"),
            new Mutant("what failed on this machine was not asked", RACE, "unanswered--;", ""),
            new Mutant(
                    "the delay of what failed on this machine is not shortened",
                    RACE,
                    "if (attempts.get(i).reachedNetwork) {",
                    "if (i >= 0) {"),
            // ---- readiness
            new Mutant(
                    "an attempt that is reached puts the next one off",
                    RACE,
                    "at = Math.max(at, attempt.readyByNanos);",
                    ""),
            new Mutant(
                    "it has two round trips for that",
                    PACE,
                    "2 * roundTrip + READY_ALLOWANCE_NANOS",
                    "roundTrip + READY_ALLOWANCE_NANOS"),
            new Mutant(
                    "it wins when it is ready",
                    RACE,
                    "attempt.phase = RaceAttempt.Phase.READYING;\n            recorder.attemptReached(id, now);",
                    "connected(id, now);"),
            new Mutant("that it was reached is told", RACE, "recorder.attemptReached(id, now);", ""),
            // ---- how many
            new Mutant("no more are in flight than allowed", RACE, "evictOldest(now);\n            why", "why"),
            new Mutant(
                    "only an old attempt makes room",
                    RACE,
                    "plus(oldestInFlight().startedAtNanos, settings.evictAfterNanos())",
                    "oldestInFlight().startedAtNanos"),
            new Mutant(
                    "no more addresses are tried than allowed",
                    CANDIDATES,
                    "if (six + other <= max) {",
                    "if (max > 0) {"),
            new Mutant(
                    "a third of the places is kept for each family",
                    CANDIDATES,
                    "max - Math.min(other, max / 3)",
                    "max"),
            new Mutant("no address is tried twice", CANDIDATES, "known.put(key, entry);", ""),
            // ---- the order
            new Mutant(
                    "the families take turns",
                    CANDIDATES,
                    "opening == (entry.family() == last)",
                    "opening == (entry.family() != last)"),
            new Mutant(
                    "First Address Family Count",
                    CANDIDATES,
                    "before.size() >= settings.firstFamilyCount()",
                    "before.size() > settings.firstFamilyCount()"),
            new Mutant(
                    "a crowded address is passed over",
                    CANDIDATES,
                    "} else if (entry.crowded) {",
                    "} else if (false) {"),
            new Mutant("a family without a way comes last", CANDIDATES, "if (entry.demoted) {", "if (false) {"),
            new Mutant(
                    "of two connections the better ranked wins",
                    RACE,
                    "(best == null || attempt.entry.rank < best.entry.rank)) {",
                    "(best == null || attempt.entry.rank > best.entry.rank)) {"),
            new Mutant("rule 1: a way there", ORDER, "if (usable != other.usable) {", "if (false) {"),
            new Mutant(
                    "rule 1b: trouble", ORDER, "if ((trouble == null) != (other.trouble == null)) {", "if (false) {"),
            new Mutant(
                    "rule 6: precedence",
                    ORDER,
                    "boolean higher = precedence > other.precedence;",
                    "boolean higher = precedence < other.precedence;"),
            new Mutant(
                    "rule 8: scope",
                    ORDER,
                    "boolean smaller = scope < other.scope;",
                    "boolean smaller = scope > other.scope;"),
            new Mutant("rule 8a: round trips", ORDER, "if (rttSteps != other.rttSteps) {", "if (false) {"),
            new Mutant(
                    "rule 8a: in steps of 10 ms", ORDER, "RTT_STEP_NANOS = 10_000_000", "RTT_STEP_NANOS = 1_000_000"),
            new Mutant("rule 8b: used before", ORDER, "if (used != other.used) {", "if (false) {"),
            // ---- what comes and goes
            new Mutant("what is taken back is not tried", CANDIDATES, "entry.removed = true;", ""),
            new Mutant("what is given again is tried", CANDIDATES, "entry.removed = false;", ""),
            new Mutant("what is given again comes anew", CANDIDATES, "entry.arrivedAtNanos = now;", ""),
            new Mutant(
                    "nothing is left out for what is remembered",
                    CANDIDATES,
                    "return kept && !attempted && !removed;",
                    "return kept && !attempted && !removed && !candidate.path().isPenalised();"),
            new Mutant(
                    "the reserve is asked when the others have ended",
                    RACE,
                    "reserve.isEmpty() || anyPending()",
                    "reserve.isEmpty()"),
            new Mutant("the reserve is asked", RACE, "!askReserve(now) && !startNext(now)", "!startNext(now)"),
            new Mutant(
                    "a late answer is told as such",
                    RACE,
                    "next.arrivedAtNanos > paceAllowsAt()",
                    "next.arrivedAtNanos < 0"),
            // ---- ends
            new Mutant("the deadline", RACE, "now >= deadlineAtNanos) {", "now > deadlineAtNanos + 1) {"),
            new Mutant("a lookup has its time beside another one", RACE, "now >= lookup.timesOutAtNanos", "now < 0"),
            new Mutant("a lookup alone has all the time", RACE, "families.size() > 1", "families.size() > 0"),
            new Mutant(
                    "it is woken for an attempt whose time is over",
                    RACE,
                    "wakeAt = Math.min(wakeAt, timesOutAt(attempt));",
                    ""),
            new Mutant(
                    "it is woken for a lookup whose time is over",
                    RACE,
                    "wakeAt = Math.min(wakeAt, lookup.timesOutAtNanos);",
                    ""),
            new Mutant("an attempt has its time", RACE, "now >= timesOutAt(attempt)", "now < 0"),
            new Mutant("sequential: one after the other", RACE, "if (settings.sequential()) {", "if (false) {"),
            new Mutant(
                    "sequential: the addresses share the time",
                    RACE,
                    "/ (1 + candidates.countOpen())",
                    "/ (2 + candidates.countOpen())"),
            new Mutant(
                    "sequential: addresses that come later share the time as well",
                    CANDIDATES,
                    "entry.isOpen() ? 1 : 0",
                    "entry.isOpen() && entry.arrivedAtNanos <= started.get(started.size() - 1).arrivedAtNanos ? 1 : 0"),
            new Mutant("sequential: none has less than 2 s", RACE, "2_000_000_000L", "1_000_000_000L"),
            new Mutant(
                    "the error is that of an address that reached the network",
                    RACE,
                    "return attempt.reach() == than.reach()",
                    "return attempt.id > 0"),
            new Mutant(
                    "the error of an address whose peer was reached says more",
                    ATTEMPT,
                    "transportAtNanos != NEVER) {",
                    "id < 0) {"),
            new Mutant(
                    "a name server that does not answer says more than an empty answer",
                    RACE,
                    "first = first == null ? lookup.error : first;",
                    ""),
            new Mutant("the state is told", RACE, "inFlight > 0 || hasNext ?", "hasNext ?"),
            // ---- lessons
            new Mutant(
                    "a round trip is taught once",
                    RACE,
                    "if (attempt.phase == RaceAttempt.Phase.CONNECTING) {",
                    "if (attempt.id > 0) {"),
            new Mutant(
                    "a loser counts after twice the winner's round trip",
                    RACE,
                    "waited >= 2 * winner.roundTripNanos()",
                    "waited >= winner.roundTripNanos()"),
            new Mutant("a loser counts after its own delay", RACE, "waited >= attempt.delayNanos", "waited >= 0"),
            new Mutant("what made room teaches", RACE, "learnInVain(oldest, now);", ""));

    private Mutants() {}
}
