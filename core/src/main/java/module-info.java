/**
 * Prise: from a host name to a connected socket.
 *
 * <p>Start at {@link dev.prise.Dialer}. The packages {@code dev.prise.engine}, {@code dev.prise.telemetry} and {@code dev.prise.tls}
 * are implementation details and not exported.
 */
module dev.prise.core {
    requires static jdk.jfr;
    requires static org.jspecify;

    exports dev.prise;
    exports dev.prise.address;
    exports dev.prise.race;
    exports dev.prise.resolve;
    exports dev.prise.trace;

    uses dev.prise.address.AddressInfoProvider;
    uses dev.prise.resolve.ResolverProvider;

    provides dev.prise.address.AddressInfoProvider with
            dev.prise.resolve.JdkAddressInfos;
}
