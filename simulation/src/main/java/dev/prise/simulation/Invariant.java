package dev.prise.simulation;

/** What must hold. The numbered ones are those of the class comment of {@link dev.prise.race.Race}. */
enum Invariant {
    FLOOR(1, "no network attempt starts sooner after the first packet of another than the floor"),
    IN_FLIGHT_CAP(2, "no more attempts in flight than the cap"),
    ONCE(3, "no address is attempted twice"),
    ONE_TERMINAL(4, "exactly one terminal action"),
    ONE_END(5, "every attempt ends exactly once"),
    NOTHING_AFTER_THE_END(6, "nothing is started after the end"),
    RESOLUTION_DELAY(7, "with an address in hand no wait for another answer longer than the Resolution Delay"),
    PREFERRED_AT_ONCE(8, "a preferred address with a way there that comes first is attempted at the same instant"),
    ONE_MORE_ADDRESS(9, "one more address postpones any other start by at most its delay"),
    REPLAY(10, "the same inputs give the same outputs"),
    EXTRA_POLLS(11, "extra polls change nothing"),
    NEGATIVE_ENDS(12, "all lookups negative fails at the last of them"),
    BOTH_FAMILIES(13, "neither family starves"),
    WAKES_LATER(14, "the next deadline lies after the last poll"),
    STALE_NUMBERS(15, "unknown and stale numbers are ignored"),
    TAKEN_BACK(16, "an address that was taken back before its turn is not attempted, unless it is given again"),
    MEMORY(17, "what is remembered reorders and paces; no address is left out for it"),
    FAMILY_SHARE(0, "at least a third of the places is kept for each family"),
    LATE_ANSWER(0, "a late answer pulls no start forward unless nothing is in flight or the newest attempt has failed"),
    START_RULE(0, "an attempt starts when the start rule allows it, not before and not later"),
    ORDER(0, "the best ranked address is next, the best ranked connection wins"),
    READINESS(0, "an attempt that has to show that it is ready wins only then"),
    ATTEMPT_TIME(0, "an attempt is given up when its time is over, not before and not later"),
    RESERVE(0, "families out of reach are asked for when the others have nothing, and only then"),
    LESSONS(0, "each attempt teaches what it has shown, once and with the right time"),
    STATE(0, "the state that is told is the one that it is in"),
    WAKES_IN_TIME(0, "the next deadline is when something is due"),
    DEADLINE(0, "the dial is over by its deadline"),
    REACH(0, "an address that accepts within reach wins"),
    REASONS(0, "what is done has the reason that it says"),
    TRACE(0, "the trace tells what happened, each start with one end");

    private final int number;
    private final String text;

    Invariant(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** The number in the class comment of the race, 0 for those that are not there. */
    int number() {
        return number;
    }

    @Override
    public String toString() {
        return (number == 0 ? "" : number + ": ") + text;
    }
}
