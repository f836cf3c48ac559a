package dev.prise.race;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.trace.Trace;
import java.net.Inet6Address;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a race, tried ones included: in which order they stand, and which one follows.
 *
 * <p>Destination address selection (RFC 6724) orders them, interleaving (RFC 8305 section 4) picks among them, since it depends on what has
 * been started.
 */
final class RaceCandidates {
    /** More addresses of one family than this are not even remembered; a name server that sends them wastes our time. */
    private static final int MAX_REMEMBERED_PER_FAMILY = 500;

    private final RaceSettings settings;
    private final AddressFamily preferred;
    private final List<Entry> entries = new ArrayList<>(4);
    private final Map<AddressKey, Entry> known = new HashMap<>(8);
    private final List<Entry> started = new ArrayList<>(4);

    /** All entries in the order of destination address selection. */
    private List<Entry> order = List.of();

    /** An address. */
    static final class Entry {
        final Candidate candidate;
        long arrivedAtNanos;
        String why = "";
        int rank;
        boolean attempted;
        boolean demoted;
        boolean removed;
        boolean crowded;
        boolean kept = true;

        Entry(Candidate candidate, long arrivedAtNanos) {
            this.candidate = candidate;
            this.arrivedAtNanos = arrivedAtNanos;
        }

        AddressFamily family() {
            return candidate.address().family();
        }

        boolean isLocal() {
            return candidate.connectAddress().isLocal();
        }

        boolean isOpen() {
            return kept && !attempted && !removed;
        }

        /** This machine has a way there (RFC 6724 section 6, rule 1), and nothing is known against it. */
        boolean isPromising() {
            return candidate.source() != null && !candidate.path().isPenalised() && !crowded;
        }
    }

    /** {@link Inet6Address#equals} passes over the zone, so the zone is a part of the key. */
    private record AddressKey(SocketAddress address, int scope) {
        static AddressKey of(AddressInfo info) {
            return new AddressKey(
                    info.address(), info.inetAddress() instanceof Inet6Address six ? six.getScopeId() : 0);
        }
    }

    RaceCandidates(RaceSettings settings, AddressFamily preferred) {
        this.settings = settings;
        this.preferred = preferred;
    }

    // ---- what changes them

    /** RFC 8305 section 6 and v3 section 7: new addresses are sorted together with all others, tried ones included. */
    boolean add(List<Candidate> candidates, long now) {
        boolean changed = false;
        for (Candidate candidate : candidates) {
            AddressKey key = AddressKey.of(candidate.address());
            Entry entry = known.get(key);
            if (entry != null) {
                if (entry.removed) {
                    entry.removed = false;
                    entry.arrivedAtNanos = now;
                    changed = true;
                }
            } else if (countOf(candidate.address().family()) < MAX_REMEMBERED_PER_FAMILY) {
                entry = new Entry(candidate, now);
                entry.demoted = isDemoted(candidate.connectAddress().family());
                entries.add(entry);
                known.put(key, entry);
                changed = true;
            }
        }
        if (changed) {
            sort();
            keepWithinCap();
        }
        return changed;
    }

    /** RFC 8305 section 6: an address that has not been tried is dropped. */
    void remove(List<AddressInfo> addresses) {
        boolean changed = false;
        for (AddressInfo address : addresses) {
            Entry entry = known.get(AddressKey.of(address));
            if (entry != null && !entry.attempted && !entry.removed) {
                entry.removed = true;
                changed = true;
            }
        }
        if (changed) {
            keepWithinCap();
        }
    }

    void crowd(AddressInfo address, boolean crowded) {
        Entry entry = known.get(AddressKey.of(address));
        if (entry != null) {
            entry.crowded = crowded;
        }
    }

    /** This machine cannot reach the family: what is left of it comes last. */
    void demote(AddressFamily family) {
        for (Entry entry : entries) {
            entry.demoted |= entry.candidate.connectAddress().family() == family;
        }
    }

    void start(Entry entry) {
        entry.attempted = true;
        started.add(entry);
    }

    // ---- questions

    /** Whether there is a promising address of the preferred family, which needs no other answer. */
    boolean hasPromisingPreferred() {
        for (Entry entry : entries) {
            if (!entry.removed && entry.family() == preferred && entry.isPromising()) {
                return true;
            }
        }
        return false;
    }

    boolean hasPromising() {
        for (Entry entry : entries) {
            if (!entry.removed && entry.isPromising()) {
                return true;
            }
        }
        return false;
    }

    int countOpen() {
        int count = 0;
        for (Entry entry : entries) {
            count += entry.isOpen() ? 1 : 0;
        }
        return count;
    }

    /**
     * RFC 8305 section 4: the family changes with every start, after an opening run of First Address Family Count; within a family the
     * order of destination address selection holds. Crowded addresses come after the others, those of demoted families last.
     */
    @Nullable
    Entry next() {
        return following(started);
    }

    /** Who follows when these have been started, in this order. */
    private @Nullable Entry following(List<Entry> before) {
        AddressFamily last =
                before.isEmpty() ? null : before.get(before.size() - 1).family();
        boolean opening = isOpeningRun(before);
        Entry sameFamily = null;
        Entry crowded = null;
        Entry demoted = null;
        for (Entry entry : order) {
            // attempted ones are not open; those that only would have been stand in the list
            if (!entry.isOpen() || before.contains(entry)) {
                continue;
            }
            if (entry.demoted) {
                demoted = demoted == null ? entry : demoted;
            } else if (entry.crowded) {
                crowded = crowded == null ? entry : crowded;
            } else if (last == null || opening == (entry.family() == last)) {
                return entry;
            } else if (sameFamily == null) {
                sameFamily = entry;
            }
        }
        if (sameFamily != null) {
            return sameFamily;
        }
        return crowded != null ? crowded : demoted;
    }

    private boolean isOpeningRun(List<Entry> before) {
        if (before.isEmpty() || before.size() >= settings.firstFamilyCount()) {
            return false;
        }
        AddressFamily first = before.get(0).family();
        for (Entry entry : before) {
            if (entry.family() != first) {
                return false;
            }
        }
        return true;
    }

    /** Those attempted in the order of their start, then the others as they would have followed, then those that would not. */
    List<Trace.Candidate> inOrderOfTrial() {
        List<Entry> trial = new ArrayList<>(started);
        for (Entry next = following(trial); next != null; next = following(trial)) {
            trial.add(next);
        }
        List<Trace.Candidate> result = new ArrayList<>(entries.size());
        for (Entry entry : trial) {
            result.add(told(entry, entry.rank != result.size() ? ", interleaved" : ""));
        }
        for (Entry entry : order) {
            if (entry.removed && !entry.attempted) {
                result.add(told(entry, ", not tried: taken back by a later answer"));
            } else if (!entry.kept) {
                result.add(told(entry, ", not tried: over the limit of " + settings.maxAddresses() + " addresses"));
            }
        }
        return result;
    }

    private static Trace.Candidate told(Entry entry, String addition) {
        AddressInfo via = entry.candidate.via();
        String through = via == null ? "" : ", through " + via.addressText();
        return new Trace.Candidate(entry.candidate.address(), entry.why + through + addition);
    }

    // ---- order and caps

    private void sort() {
        DestinationOrder destinations = DestinationOrder.of(entries, entry -> entry.candidate, settings.policyTable());
        List<Entry> sorted = new ArrayList<>(entries.size());
        for (int rank = 0; rank < entries.size(); rank++) {
            Entry entry = entries.get(destinations.indexAt(rank));
            entry.rank = rank;
            entry.why = destinations.why(rank);
            sorted.add(entry);
        }
        order = sorted;
    }

    /** At most {@code maxAddresses}; those attempted count first, then by rank, a third of the places being kept for each family. */
    private void keepWithinCap() {
        int max = settings.maxAddresses();
        int six = 0;
        int other = 0;
        for (Entry entry : entries) {
            if (entry.attempted || !entry.removed) {
                boolean isSix = entry.family() == AddressFamily.INET6;
                six += isSix ? 1 : 0;
                other += isSix ? 0 : 1;
            }
            entry.kept = true;
        }
        if (six + other <= max) {
            return;
        }
        int sixQuota = max - Math.min(other, max / 3);
        int otherQuota = max - Math.min(six, max / 3);
        for (Entry entry : entries) {
            entry.kept = entry.attempted;
            if (entry.attempted) {
                max--;
                if (entry.family() == AddressFamily.INET6) {
                    sixQuota--;
                } else {
                    otherQuota--;
                }
            }
        }
        for (Entry entry : order) {
            boolean isSix = entry.family() == AddressFamily.INET6;
            if (!entry.attempted && !entry.removed && max > 0 && (isSix ? sixQuota : otherQuota) > 0) {
                entry.kept = true;
                max--;
                if (isSix) {
                    sixQuota--;
                } else {
                    otherQuota--;
                }
            }
        }
    }

    private int countOf(AddressFamily family) {
        int count = 0;
        for (Entry entry : entries) {
            count += entry.family() == family ? 1 : 0;
        }
        return count;
    }

    private boolean isDemoted(AddressFamily connectFamily) {
        for (Entry entry : entries) {
            if (entry.demoted && entry.candidate.connectAddress().family() == connectFamily) {
                return true;
            }
        }
        return false;
    }
}
