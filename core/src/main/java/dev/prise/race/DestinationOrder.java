package dev.prise.race;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Destination address selection: which address is tried first, and why (RFC 6724 section 6, all ten rules).
 *
 * <p>Pure: source addresses and what is remembered come with the candidates. Three rules are added. 1b puts addresses with recent trouble
 * behind the others. 8a and 8b are those of RFC 8305 section 4: the lower known round-trip time first, in steps of 10 ms, and used before
 * unused. The rules are compared one after the other on values of one candidate each, so that the order is transitive.
 *
 * <p>Of a candidate behind a NAT64 the rules about its source (2, 5 and 7) look at the IPv6 address that it is connected to by, those about
 * the destination (6, 8 and 9) at its IPv4 address. Interleaving of the families (RFC 8305 section 4) is done by {@link Race}, because it
 * depends on what has been started.
 */
public final class DestinationOrder {
    /** Rule 9 looks at the network part only; without the source's own prefix length, that of nearly all IPv6 networks. */
    private static final int USUAL_PREFIX_LENGTH = 64;

    /** Round-trip times that differ by less say nothing. */
    private static final long RTT_STEP_NANOS = 10_000_000;

    private static final byte[] TEREDO = {0x20, 0x01, 0, 0};
    private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

    private final List<Ranked> ranked;

    private DestinationOrder(List<Ranked> ranked) {
        this.ranked = ranked;
    }

    /** Sorts candidates; equal ones keep their order (rule 10). A Unix path counts as unusable, as it has no source address. */
    public static DestinationOrder of(List<Candidate> candidates, PolicyTable table) {
        return of(candidates, candidate -> candidate, table);
    }

    static <T> DestinationOrder of(List<T> elements, Function<? super T, Candidate> candidateOf, PolicyTable table) {
        List<Ranked> ranked = new ArrayList<>(elements.size());
        for (T element : elements) {
            ranked.add(new Ranked(ranked.size(), candidateOf.apply(element), table));
        }
        if (ranked.size() > 1) {
            ranked.sort((a, b) -> a.compareTo(b, false).sign);
        }
        return new DestinationOrder(ranked);
    }

    /** The candidates, the one to be preferred first. */
    public List<Candidate> candidates() {
        return ranked.stream().map(r -> r.candidate).toList();
    }

    /** The place that the candidate of this rank had before sorting. */
    int indexAt(int rank) {
        return ranked.get(rank).index;
    }

    /**
     * What gave the candidate at this place its rank: the rule that decided between it and the next one, or, for the last, between
     * it and the one before.
     */
    public String why(int rank) {
        Ranked self = ranked.get(rank);
        if (ranked.size() == 1) {
            return "only address";
        }
        Ranked other = ranked.get(rank + 1 < ranked.size() ? rank + 1 : rank - 1);
        return self.compareTo(other, true).why;
    }

    /** The sign of the comparison: negative when the first is to be preferred, zero when the rules find them equal. */
    static int compare(Candidate a, Candidate b, PolicyTable table) {
        return new Ranked(0, a, table).compareTo(new Ranked(0, b, table), false).sign;
    }

    private record Verdict(int sign, String why) {
        static final Verdict UNCHANGED = new Verdict(0, "rule 10: order of the answer");
    }

    /** A candidate with the values that the rules compare. */
    private static final class Ranked {
        final int index;
        final Candidate candidate;
        final boolean usable;
        final @Nullable String trouble;
        final boolean scopesMatch;
        final boolean deprecated;
        final boolean home;
        final boolean labelsMatch;
        final int precedence;
        final boolean encapsulated;
        final int scope;
        final long rttSteps;
        final boolean used;
        final boolean six;
        final int commonPrefixLength;

        Ranked(int index, Candidate candidate, PolicyTable table) {
            this.index = index;
            this.candidate = candidate;
            KnownPath path = candidate.path();
            this.trouble = path.trouble();
            this.rttSteps = path.hasRtt() ? path.smoothedRttNanos() / RTT_STEP_NANOS : Long.MAX_VALUE;
            this.used = path.used();
            SourceAddress source = candidate.source();
            this.usable = source != null;
            this.deprecated = source != null && source.deprecated();
            this.home = source != null && source.home();
            InetAddress destination = candidate.address().inetAddress();
            InetAddress connected = candidate.connectAddress().inetAddress();
            this.encapsulated = source != null
                    && (source.encapsulated() || isTunnelled(source.address()) || isTunnelled(connected));
            this.six = destination != null && !(destination instanceof Inet4Address);
            if (destination == null || connected == null) {
                this.scope = Scopes.INTERFACE_LOCAL;
                this.precedence = 0;
                this.scopesMatch = false;
                this.labelsMatch = false;
                this.commonPrefixLength = 0;
                return;
            }
            this.precedence = table.precedence(destination);
            this.scope = table.scope(destination);
            this.scopesMatch = source != null && table.scope(source.address()) == table.scope(connected);
            this.labelsMatch = source != null && table.label(source.address()) == table.label(connected);
            this.commonPrefixLength = source == null ? 0 : commonPrefixLength(source, destination, table);
        }

        /**
         * Negative when this one is to be preferred.
         *
         * @param told whether the reason will be looked at; sorting makes many of these, and needs no texts
         */
        Verdict compareTo(Ranked other, boolean told) {
            Verdict verdict = byWay(other, told);
            if (verdict == null) {
                verdict = byPolicy(other, told);
            }
            if (verdict == null) {
                verdict = byNearness(other, told);
            }
            // RFC 6724 section 6, rule 10: leave the order unchanged
            return verdict == null ? Verdict.UNCHANGED : verdict;
        }

        /** RFC 6724 section 6, rules 1 to 4: whether there is a way, and how good its source is. */
        private @Nullable Verdict byWay(Ranked other, boolean told) {
            // rule 1: avoid unusable destinations
            if (usable != other.usable) {
                return verdict(usable, "rule 1: has a source address", "rule 1: no route or no source address");
            }
            // our rule 1b: avoid what has just failed
            if ((trouble == null) != (other.trouble == null)) {
                return verdict(trouble == null, "rule 1b: no recent trouble", told ? "rule 1b: " + trouble : "");
            }
            // rule 2: prefer matching scope
            if (scopesMatch != other.scopesMatch) {
                return verdict(
                        scopesMatch, "rule 2: scope matches its source's", "rule 2: scope differs from its source's");
            }
            // rule 3: avoid deprecated addresses
            if (deprecated != other.deprecated) {
                return verdict(!deprecated, "rule 3: source is not deprecated", "rule 3: source is deprecated");
            }
            // rule 4: prefer home addresses
            if (home != other.home) {
                return verdict(home, "rule 4: source is a home address", "rule 4: source is not a home address");
            }
            return null;
        }

        /** RFC 6724 section 6, rules 5 to 8: what the site sets, and of what kind the way is. */
        private @Nullable Verdict byPolicy(Ranked other, boolean told) {
            // rule 5: prefer matching label
            if (labelsMatch != other.labelsMatch) {
                return verdict(
                        labelsMatch, "rule 5: label matches its source's", "rule 5: label differs from its source's");
            }
            // rule 6: prefer higher precedence
            if (precedence != other.precedence) {
                boolean higher = precedence > other.precedence;
                return new Verdict(
                        higher ? -1 : 1,
                        told ? "rule 6: precedence " + precedence + (higher ? " > " : " < ") + other.precedence : "");
            }
            // rule 7: prefer native transport
            if (encapsulated != other.encapsulated) {
                return verdict(!encapsulated, "rule 7: native transport", "rule 7: encapsulated transport");
            }
            // rule 8: prefer smaller scope
            if (scope != other.scope) {
                boolean smaller = scope < other.scope;
                return new Verdict(
                        smaller ? -1 : 1,
                        told ? "rule 8: scope " + Scopes.text(scope) + (smaller ? " is smaller" : " is larger") : "");
            }
            return null;
        }

        /** RFC 8305 section 4, two rules between 8 and 9 of RFC 6724 section 6; then rule 9. */
        private @Nullable Verdict byNearness(Ranked other, boolean told) {
            // our rule 8a: prefer the lower round-trip time; a known one to none, as otherwise the order would not be
            // transitive
            if (rttSteps != other.rttSteps) {
                boolean lower = rttSteps < other.rttSteps;
                return new Verdict(lower ? -1 : 1, told ? roundTrips(other, lower) : "");
            }
            // our rule 8b: prefer what has been used before
            if (used != other.used) {
                return verdict(used, "rule 8b: used before", "rule 8b: not used before");
            }
            // rule 9: use the longest matching prefix
            if (six != other.six) {
                return verdict(six, "rule 9: not for IPv4, so IPv6 first", "rule 9: not for IPv4, so IPv6 first");
            }
            if (commonPrefixLength != other.commonPrefixLength) {
                boolean longer = commonPrefixLength > other.commonPrefixLength;
                return new Verdict(
                        longer ? -1 : 1,
                        told
                                ? "rule 9: " + commonPrefixLength + " bits in common with its source"
                                        + (longer ? " > " : " < ") + other.commonPrefixLength
                                : "");
            }
            return null;
        }

        private String roundTrips(Ranked other, boolean lower) {
            if (!candidate.path().hasRtt() || !other.candidate.path().hasRtt()) {
                return lower ? "rule 8a: round-trip time is known" : "rule 8a: round-trip time is not known";
            }
            return "rule 8a: round-trip time " + milliseconds() + (lower ? " < " : " > ") + other.milliseconds();
        }

        private String milliseconds() {
            return candidate.path().smoothedRttNanos() / 1_000_000 + " ms";
        }

        private static Verdict verdict(boolean preferred, String whyPreferred, String whyNot) {
            return preferred ? new Verdict(-1, whyPreferred) : new Verdict(1, whyNot);
        }

        /** Teredo (RFC 4380) and 6to4 (RFC 3056) addresses tell of their tunnel by themselves. */
        private static boolean isTunnelled(@Nullable InetAddress address) {
            if (address == null || address instanceof Inet4Address) {
                return false;
            }
            byte[] bytes = address.getAddress();
            return startsWith(bytes, TEREDO) || startsWith(bytes, SIX_TO_FOUR);
        }

        private static boolean startsWith(byte[] bytes, byte[] prefix) {
            for (int i = 0; i < prefix.length; i++) {
                if (bytes[i] != prefix[i]) {
                    return false;
                }
            }
            return true;
        }

        /** Zero for IPv4, but for those in the subnet of their source where the table says so. */
        private static int commonPrefixLength(SourceAddress source, InetAddress destination, PolicyTable table) {
            byte[] sourceBytes = source.address().getAddress();
            byte[] bytes = destination.getAddress();
            boolean whole = table.longestPrefix() == PolicyTable.LongestPrefix.WHOLE_ADDRESS_AND_IPV4_SUBNET;
            if (sourceBytes.length != bytes.length || (bytes.length == 4 && !whole)) {
                return 0;
            }
            int common = Bits.commonPrefixLength(sourceBytes, bytes);
            boolean isKnown = source.prefixLength() != SourceAddress.UNKNOWN_PREFIX;
            if (bytes.length == 4) {
                return isKnown && common >= source.prefixLength() ? common : 0;
            }
            return whole ? common : Math.min(common, isKnown ? source.prefixLength() : USUAL_PREFIX_LENGTH);
        }
    }
}
