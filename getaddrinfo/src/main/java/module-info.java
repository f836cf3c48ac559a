/**
 * The operating system's own {@code getaddrinfo} for Prise. Nothing needs to be called: with this module there, Java 25 and native access
 * enabled, {@link dev.prise.address.AddressInfos} and every {@code Dialer} use it by themselves.
 */
module dev.prise.getaddrinfo {
    requires dev.prise.core;
    requires static org.jspecify;

    exports dev.prise.getaddrinfo;

    provides dev.prise.address.AddressInfoProvider with
            dev.prise.getaddrinfo.GetAddrInfoProvider;
    provides dev.prise.resolve.ResolverProvider with
            dev.prise.getaddrinfo.GetAddrInfoProvider;
}
