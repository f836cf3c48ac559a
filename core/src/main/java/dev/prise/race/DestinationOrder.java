package dev.prise.race;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Destination address selection: which address is tried first, and why (RFC 6724 section 6, rules 1, 2, 5, 6, 8, 9 and 10).
 *
 * <p>Pure: source addresses come with the candidates. Rules 3 (deprecated), 4 (home address) and 7 (native transport) need facts that
 * the Java library does not have, and are passed over. Rule 9 compares IPv6 addresses only; IPv4 has been dropped there by Go and
 * others, since a long common IPv4 prefix says nothing about nearness. Interleaving of the families (RFC 8305 section 4) is done by
 * {@link Race}, because it depends on what has been started.
 */
public final class DestinationOrder {
    /** Rule 9 looks at the network part only; without the interface's own prefix length, that of nearly all IPv6 networks. */
    private static final int SOURCE_PREFIX_LENGTH = 64;

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

    private record Verdict(int sign, String why) {}

    /** A candidate with the values that the rules compare. */
    private static final class Ranked {
        final int index;
        final Candidate candidate;
        final boolean usable;
        final boolean scopesMatch;
        final boolean labelsMatch;
        final int precedence;
        final Scope scope;
        final int commonPrefixLength;
        final @Nullable InetAddress destination;

        Ranked(int index, Candidate candidate, PolicyTable table) {
            this.index = index;
            this.candidate = candidate;
            this.destination = candidate.address().inetAddress();
            InetAddress source = candidate.sourceAddress();
            this.usable = source != null;
            if (destination == null) {
                this.scope = Scope.INTERFACE_LOCAL;
                this.precedence = 0;
                this.scopesMatch = false;
                this.labelsMatch = false;
                this.commonPrefixLength = -1;
                return;
            }
            PolicyTable.Row row = table.rowOf(destination);
            this.precedence = row.precedence();
            this.scope = Scope.of(destination);
            this.scopesMatch = source != null && Scope.of(source) == scope;
            this.labelsMatch = source != null && table.rowOf(source).label() == row.label();
            this.commonPrefixLength = commonPrefixLength(source, destination);
        }

        /**
         * Negative when this one is to be preferred.
         *
         * @param told whether the reason will be looked at; sorting makes many of these, and needs no texts
         */
        Verdict compareTo(Ranked other, boolean told) {
            // RFC 6724 section 6, rule 1: avoid unusable destinations
            if (usable != other.usable) {
                return verdict(usable, "rule 1: has a source address", "rule 1: no route or no source address");
            }
            // rule 2: prefer matching scope
            if (scopesMatch != other.scopesMatch) {
                return verdict(
                        scopesMatch, "rule 2: scope matches its source's", "rule 2: scope differs from its source's");
            }
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
            // rule 8: prefer smaller scope
            if (scope != other.scope) {
                boolean smaller = scope.compareTo(other.scope) < 0;
                return new Verdict(
                        smaller ? -1 : 1,
                        told ? "rule 8: scope " + scope.text() + (smaller ? " is smaller" : " is larger") : "");
            }
            // rule 9: use the longest matching prefix
            int length = commonPrefixLength;
            int otherLength = other.commonPrefixLength;
            if ((length < 0) != (otherLength < 0)) {
                return verdict(
                        length >= 0, "rule 9: not for IPv4, so IPv6 first", "rule 9: not for IPv4, so IPv6 first");
            }
            if (length != otherLength) {
                boolean longer = length > otherLength;
                return new Verdict(
                        longer ? -1 : 1,
                        told
                                ? "rule 9: " + length + " bits in common with its source" + (longer ? " > " : " < ")
                                        + otherLength
                                : "");
            }
            // rule 10: leave the order unchanged
            return new Verdict(0, "rule 10: order of the answer");
        }

        private static Verdict verdict(boolean preferred, String whyPreferred, String whyNot) {
            return preferred ? new Verdict(-1, whyPreferred) : new Verdict(1, whyNot);
        }

        /** -1 for IPv4, so that rule 9 never compares IPv4 addresses and the order stays transitive in mixed lists. */
        private static int commonPrefixLength(@Nullable InetAddress source, InetAddress destination) {
            if (destination instanceof Inet4Address) {
                return -1;
            }
            if (source == null || source instanceof Inet4Address) {
                return 0;
            }
            return Math.min(
                    SOURCE_PREFIX_LENGTH, Bits.commonPrefixLength(source.getAddress(), destination.getAddress()));
        }
    }

    /** Scopes from small to large (RFC 4007 section 5, RFC 6724 section 3.1 and 3.2). */
    enum Scope {
        INTERFACE_LOCAL,
        LINK_LOCAL,
        ADMIN_LOCAL,
        SITE_LOCAL,
        ORGANIZATION_LOCAL,
        GLOBAL;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Scope of(InetAddress address) {
            if (address instanceof Inet4Address) {
                // RFC 6724 section 3.2: private addresses are global, loopback and 169.254/16 link-local
                return address.isLoopbackAddress() || address.isLinkLocalAddress() ? LINK_LOCAL : GLOBAL;
            }
            if (address.isMulticastAddress()) {
                return switch (address.getAddress()[1] & 0xf) {
                    case 1 -> INTERFACE_LOCAL;
                    case 2 -> LINK_LOCAL;
                    case 4 -> ADMIN_LOCAL;
                    case 5 -> SITE_LOCAL;
                    case 8 -> ORGANIZATION_LOCAL;
                    default -> GLOBAL;
                };
            }
            // RFC 6724 section 3.1: the loopback address has link-local scope
            if (address.isLoopbackAddress() || address.isLinkLocalAddress()) {
                return LINK_LOCAL;
            }
            return address.isSiteLocalAddress() ? SITE_LOCAL : GLOBAL;
        }
    }
}
