package dev.prise.lab;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A script that changes while it is served; empty at first. Neither a lookup nor a change takes longer the more names there are.
 * Thread-safe.
 */
final class LiveScript extends Script {
    private final Map<Name, Map<Integer, Reaction>> names = new ConcurrentHashMap<>();

    /** How many names there are below each domain, so that it goes with the last of them. */
    private final Map<Name, Integer> below = new ConcurrentHashMap<>();

    /**
     * Adds what to do for a name and type, or replaces it.
     *
     * @throws ScriptException if an alias would have something beside it, or would lead back to itself; nothing has changed then
     */
    synchronized void put(ScriptLine line) throws ScriptException {
        Name name = line.name();
        Map<Integer, Reaction> types = new HashMap<>(names.getOrDefault(name, Map.of()));
        types.put(line.type(), line.reaction());
        if (types.containsKey(Type.CNAME)) {
            if (types.size() > 1) {
                throw new ScriptException(
                        "expected nothing beside the CNAME of " + name.toString(true) + ", which is an alias");
            }
            rejectCircle(name, line.reaction());
        }
        if (names.put(name, Map.copyOf(types)) == null) {
            domainsAbove(name).forEach(domain -> below.merge(domain, 1, Integer::sum));
        }
    }

    /** Forgets a name with all its types. Tells whether it was there. */
    synchronized boolean forget(Name name) {
        if (names.remove(name) == null) {
            return false;
        }
        domainsAbove(name)
                .forEach(domain -> below.computeIfPresent(domain, (same, count) -> count == 1 ? null : count - 1));
        return true;
    }

    /** There was no circle before, so a new one would come by this name. */
    private void rejectCircle(Name name, Reaction alias) throws ScriptException {
        Reaction next = alias;
        while (next != null) {
            Name target = ((CNAMERecord) next.records().getFirst()).getTarget();
            if (target.equals(name)) {
                throw new ScriptException(
                        "expected an alias that ends somewhere, but " + name.toString(true) + " leads back to itself");
            }
            next = names.getOrDefault(target, Map.of()).get(Type.CNAME);
        }
    }

    @Override
    @Nullable
    Map<Integer, Reaction> reactions(Name name) {
        return names.get(name);
    }

    @Override
    boolean hasBelow(Name name) {
        return below.containsKey(name);
    }
}
