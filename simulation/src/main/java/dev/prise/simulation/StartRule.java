package dev.prise.simulation;

import static dev.prise.simulation.Account.NEVER;
import static dev.prise.simulation.Account.plus;
import static dev.prise.simulation.Millis.MILLI;

import dev.prise.address.AddressFamily;
import dev.prise.race.KnownPath;
import dev.prise.race.RaceSettings;
import org.jspecify.annotations.Nullable;

/**
 * The start rule, computed anew from its texts and the checker's account: who is next, when at the earliest, and how long to wait after
 * that. It remembers nothing.
 */
final class StartRule {
    private final Account account;
    private final RaceSettings settings;

    StartRule(Account account) {
        this.account = account;
        this.settings = account.settings;
    }

    // ---- when

    /** When an attempt must start if nothing else happens; NEVER when there is nothing to start. */
    long dueAt() {
        Account.Address next = next();
        if (next == null) {
            return NEVER;
        }
        long at = Math.max(Math.max(gateOpensAt(), paceAllowsAt()), floorAllowsAt(next.isLoopback));
        return account.inFlight() >= settings.maxInFlight()
                ? Math.max(at, plus(account.oldestInFlight().startedAt, settings.evictAfterNanos()))
                : at;
    }

    /** v3 section 4.2: an address of the preferred family, all answers, or the end of the Resolution Delay. */
    long gateOpensAt() {
        if (!account.attempts.isEmpty() || !account.anyPending()) {
            return 0;
        }
        boolean preferredPending = false;
        for (Account.Lookup lookup : account.lookups) {
            preferredPending |= lookup.pending && lookup.family.admits(account.preferred);
        }
        boolean open = hasPromising(account.preferred)
                || (!preferredPending && (hasPromising(AddressFamily.INET6) || hasPromising(AddressFamily.INET)));
        return open ? 0 : plus(account.firstAddressAt, settings.resolutionDelayNanos());
    }

    boolean hasPromising(AddressFamily family) {
        for (Account.Address address : account.addresses) {
            if (address.family == family && address.isPromising()) {
                return true;
            }
        }
        return false;
    }

    /** At once when nothing is under way or the newest has failed; else its delay after it, or when those reached should be ready. */
    long paceAllowsAt() {
        Account.Attempt newest = account.newest();
        if (newest == null) {
            return 0;
        }
        if (newest.state == Account.State.FAILED) {
            return newest.endedAt;
        }
        if (account.inFlight() == 0) {
            return 0;
        }
        if (settings.sequential()) {
            return NEVER;
        }
        long at = plus(newest.sentAt, newest.delay);
        for (Account.Attempt attempt : account.attempts) {
            if (attempt.state == Account.State.READYING) {
                at = Math.max(at, attempt.readyBy);
            }
        }
        return at;
    }

    long floorAllowsAt(boolean loopback) {
        long at = 0;
        for (Account.Attempt attempt : account.attempts) {
            if (attempt.reachedNetwork && !(loopback && attempt.address.isLoopback)) {
                at = Math.max(at, plus(attempt.sentAt, settings.attemptFloorNanos()));
            }
        }
        return at;
    }

    /** Whether the families out of reach are to be asked for: nothing else has an address, and nothing was tried. */
    boolean isReserveDue() {
        return !account.reserve.isEmpty() && account.attempts.isEmpty() && !account.anyPending() && next() == null;
    }

    // ---- how long

    /** The delay after an attempt that starts now, as long as answers come; it is counted as in flight. */
    long plainDelay(Account.Address address, int inFlight) {
        long base = baseDelay(address);
        long most = Math.max(base, settings.maxAttemptDelayNanos());
        long delay = base;
        for (int other = 1; other < inFlight; other++) {
            delay = Math.min(most, delay * settings.delayMultiplier());
        }
        return delay;
    }

    /** RFC 8305 section 5, without what other attempts do to it. */
    private long baseDelay(Account.Address address) {
        KnownPath path = address.candidate.path();
        long delay = isWarm(path) ? warmDelay(path) : settings.attemptDelayNanos();
        return address.isLoopback ? Math.min(delay, settings.loopbackAttemptDelayNanos()) : delay;
    }

    private boolean isWarm(KnownPath path) {
        return settings.warmDelays() && path.smoothedRttNanos() != KnownPath.NO_RTT;
    }

    private long warmDelay(KnownPath path) {
        long halfMore = path.smoothedRttNanos() * 3 / 2;
        long fourVariations = path.smoothedRttNanos() + 4 * path.rttVariationNanos();
        long delay = 10 * MILLI + Math.max(halfMore, fourVariations);
        return Math.clamp(delay, settings.minAttemptDelayNanos(), settings.maxWarmDelayNanos());
    }

    /**
     * Decision 23: 0.7 of the delay before when more attempts in a row than allowed were not answered, the one to this address being the
     * last of them. It is no longer than without, and no shorter than the least that is computed, or that is known of the path.
     */
    long delay(Account.Address address, long plain) {
        int row = 1;
        long before = plain;
        for (Account.Attempt attempt : account.attempts) {
            // what failed on this machine has asked nothing
            if (attempt.id > account.silentSince && attempt.reachedNetwork) {
                row++;
                before = attempt.delay;
            }
        }
        if (settings.quickenAfter() == 0 || row <= settings.quickenAfter()) {
            return plain;
        }
        long least = isWarm(address.candidate.path()) ? baseDelay(address) : settings.minAttemptDelayNanos();
        // in whole tenths: which nanosecond a fraction is cut to is left to the race
        return Math.min(plain, Math.max(least, before / 10 * 7));
    }

    /** v3 section 6.1: when an attempt that reaches its peer now should be ready. */
    static long readyBy(Account.Attempt attempt, long now) {
        long handshake = 2 * (now - attempt.sentAt) + 50 * MILLI;
        return plus(now, Math.max(handshake, attempt.plainDelay));
    }

    /** When an attempt is given up: in a sequential dial its address shares the time with those that are open by now. */
    long timesOutAt(Account.Attempt attempt) {
        if (settings.attemptTimeoutNanos() != NEVER) {
            return plus(attempt.startedAt, settings.attemptTimeoutNanos());
        }
        if (!settings.sequential() || account.deadlineAt() == NEVER) {
            return NEVER;
        }
        int sharers = 1;
        for (Account.Address address : account.addresses) {
            sharers += address.isOpen() ? 1 : 0;
        }
        long left = account.deadlineAt() - attempt.startedAt;
        long at = attempt.startedAt + Math.max(2_000 * MILLI, left / sharers);
        return at < account.deadlineAt() ? at : NEVER;
    }

    // ---- who

    /** RFC 8305 section 4, among the addresses that are kept; crowded ones when there are no others, demoted ones last. */
    Account.@Nullable Address next() {
        Account.Address six = best(AddressFamily.INET6, false, false);
        Account.Address four = best(AddressFamily.INET, false, false);
        if (six == null && four == null) {
            Account.Address crowded =
                    better(best(AddressFamily.INET6, false, true), best(AddressFamily.INET, false, true));
            return crowded != null ? crowded : bestDemoted();
        }
        Account.Attempt newest = account.newest();
        if (six == null || four == null || newest == null) {
            return better(six, four);
        }
        return (newest.address.family == AddressFamily.INET6) == isOpeningRun() ? six : four;
    }

    private boolean isOpeningRun() {
        if (account.attempts.size() >= settings.firstFamilyCount()) {
            return false;
        }
        AddressFamily first = account.attempts.getFirst().address.family;
        for (Account.Attempt attempt : account.attempts) {
            if (attempt.address.family != first) {
                return false;
            }
        }
        return true;
    }

    Account.@Nullable Address bestDemoted() {
        return better(best(AddressFamily.INET6, true, null), best(AddressFamily.INET, true, null));
    }

    private static Account.@Nullable Address better(Account.@Nullable Address a, Account.@Nullable Address b) {
        return a != null && a.isBetterThan(b) ? a : b;
    }

    /** The best open one of a family, if the family is demoted or not as asked for; crowded or not as asked for, null for both. */
    Account.@Nullable Address best(AddressFamily family, boolean demoted, @Nullable Boolean crowded) {
        if (account.demoted.contains(family) != demoted) {
            return null;
        }
        Account.Address best = null;
        for (Account.Address address : account.addresses) {
            if (address.family == family
                    && address.isOpen()
                    && (crowded == null || crowded == address.crowded)
                    && address.isBetterThan(best)) {
                best = address;
            }
        }
        return best;
    }
}
