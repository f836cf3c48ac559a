package dev.prise.resolve;

import java.net.InetAddress;
import java.util.List;

/** The resolver of the Java library, {@link InetAddress#getAllByName}, which asks for both families in one blocking call. */
public final class JdkResolver {
    /** The name noted in traces. */
    static final String NAME = "jdk";

    private static final BlockingResolver SHARED =
            BlockingResolver.of(NAME, false, (host, family) -> List.of(InetAddress.getAllByName(host)));

    private JdkResolver() {}

    /** The one of the process. */
    public static Resolver shared() {
        return SHARED;
    }
}
