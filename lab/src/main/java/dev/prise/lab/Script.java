package dev.prise.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What a DNS server knows: for each name and type a reaction; no alias in it leads back to itself. Thread-safe. */
abstract sealed class Script permits DnsScript, LiveScript {
    /** The reactions for this very name, by type; null where there is no such name. */
    abstract @Nullable Map<Integer, Reaction> reactions(Name name);

    /** Whether it knows a name below this one. */
    abstract boolean hasBelow(Name name);

    /**
     * What a question leads to.
     *
     * @param aliases the CNAME records on the way, in their order
     * @param reaction what to do in the end
     * @param zone the zone that a denial comes from: the closest domain above the name that the script knows
     */
    record Verdict(List<Record> aliases, Reaction reaction, Name zone) {}

    /** What a question for this name and type leads to; never a failure. */
    final Verdict verdict(Name name, int type) {
        List<Record> aliases = new ArrayList<>();
        Name at = name;
        while (true) {
            Map<Integer, Reaction> types = reactions(at);
            if (types == null) {
                boolean there = at.equals(Name.root) || hasBelow(at);
                var kind = there ? Reaction.Kind.EMPTY : Reaction.Kind.NXDOMAIN;
                return new Verdict(aliases, Reaction.of(kind), zoneOf(at));
            }
            Reaction alias = types.get(Type.CNAME);
            if (alias == null || type == Type.CNAME) {
                Reaction reaction = types.get(type);
                return new Verdict(aliases, reaction == null ? Reaction.of(Reaction.Kind.EMPTY) : reaction, zoneOf(at));
            }
            CNAMERecord record = (CNAMERecord) alias.records().getFirst();
            aliases.add(record);
            at = record.getTarget();
        }
    }

    private Name zoneOf(Name name) {
        return domainsAbove(name).stream().filter(this::hasBelow).findFirst().orElse(Name.root);
    }

    /** The domains above a name, the closest first and the root last. */
    static List<Name> domainsAbove(Name name) {
        List<Name> domains = new ArrayList<>();
        for (int cut = 1; cut < name.labels(); cut++) {
            domains.add(new Name(name, cut));
        }
        return domains;
    }
}
