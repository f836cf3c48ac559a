package dev.prise.address;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The providers of a service, the preferred one first, each with why it cannot be used where it cannot. What this Java cannot load, or what
 * fails when it is asked, is as good as not there, and no reason for anything else to fail. Immutable; for the packages of Prise.
 *
 * @param <P> the service
 */
public final class Providers<P extends Provider> {
    /** A loader that goes on failing must not keep us here. */
    private static final int MOST_PROVIDERS = 100;

    private final List<Entry<P>> entries;
    private final List<String> faults;

    private record Entry<P>(
            P provider, String name, int rank, @Nullable String reason) {}

    private Providers(List<Entry<P>> entries, List<String> faults) {
        this.entries = entries;
        this.faults = faults;
    }

    /** Loads and asks all of them. */
    public static <P extends Provider> Providers<P> of(ServiceLoader<P> loader) {
        List<Entry<P>> entries = new ArrayList<>(2);
        List<String> faults = new ArrayList<>(0);
        Iterator<P> each = loader.iterator();
        for (int i = 0; i < MOST_PROVIDERS; i++) {
            try {
                if (!each.hasNext()) {
                    break;
                }
                P provider = each.next();
                entries.add(new Entry<>(provider, provider.name(), provider.rank(), reasonOf(provider)));
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                // a class file of a later Java, a broken jar or a broken provider: the others shall not suffer for it
                faults.add("a provider cannot be loaded: " + e);
            }
        }
        entries.sort(Comparator.comparingInt((Entry<P> entry) -> entry.rank).reversed());
        return new Providers<>(entries, faults);
    }

    private static @Nullable String reasonOf(Provider provider) {
        try {
            return provider.unavailableReason();
        } catch (LinkageError | RuntimeException e) {
            return "it cannot be asked whether it can be used: " + e;
        }
    }

    /** The first that can be used; null when there is none. */
    public @Nullable P preferred() {
        for (Entry<P> entry : entries) {
            if (entry.reason == null) {
                return entry.provider;
            }
        }
        return null;
    }

    /** The one of this name if it can be used, otherwise null. */
    public @Nullable P named(String name) {
        for (Entry<P> entry : entries) {
            if (entry.name.equals(name) && entry.reason == null) {
                return entry.provider;
            }
        }
        return null;
    }

    /** Why the one of this name cannot be used, as a sentence without a full stop; null when it can. */
    public @Nullable String unavailableReason(String name) {
        for (Entry<P> entry : entries) {
            if (entry.name.equals(name)) {
                return entry.reason;
            }
        }
        String absent = "prise-" + name + " is not on the class path or module path";
        return faults.isEmpty() ? absent : absent + ", or " + String.join("; ", faults);
    }

    /** Why none of a rank above 0 can be used: names and reasons in one sentence without a full stop. */
    public String obstacles() {
        List<String> all = new ArrayList<>(faults);
        for (Entry<P> entry : entries) {
            if (entry.rank > 0 && entry.reason != null) {
                all.add(entry.name + ": " + entry.reason);
            }
        }
        return all.isEmpty()
                ? "getaddrinfo: prise-getaddrinfo is not on the class path or module path"
                : String.join("; ", all);
    }
}
