package dev.prise.address;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Loads the providers of a service, passing over those that this Java cannot load. */
public final class Providers {
    /** Why the system's own lookups are not used where nothing at all provides them. */
    public static final String NO_SYSTEM_PROVIDER =
            "getaddrinfo: prise-getaddrinfo is not on the class path or module path";

    private static final int MOST_PROVIDERS = 100;

    private Providers() {}

    /**
     * All providers that can be loaded, in no particular order.
     *
     * @param reasons what is added to for each that cannot be loaded
     * @return a new list that the caller may change
     */
    public static <T> List<T> load(ServiceLoader<T> loader, List<String> reasons) {
        List<T> all = new ArrayList<>(2);
        Iterator<T> each = loader.iterator();
        // a loader that goes on failing must not keep us here
        for (int i = 0; i < MOST_PROVIDERS; i++) {
            try {
                if (!each.hasNext()) {
                    break;
                }
                all.add(each.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                // a class file of a later Java, or a broken jar: the others shall not suffer for it
                reasons.add("a provider cannot be loaded: " + e);
            }
        }
        return all;
    }
}
