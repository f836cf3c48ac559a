package dev.prise.program;

import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.address.AddressInfos;
import dev.prise.address.Hints;
import dev.prise.getaddrinfo.GetAddrInfo;
import dev.prise.resolve.Resolvers;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A program, in a package of its own as those of users, that looks up and dials, and prints by whom it was answered. For the test of the fallback, on every Java from 17 on. */
public final class WhoAnswers {
    private WhoAnswers() {}

    /** No arguments. */
    public static void main(String[] arguments) throws Exception {
        System.out.println("provider " + AddressInfos.provider() + " because " + AddressInfos.fallbackReason());
        System.out.println("resolver " + Resolvers.preferred().name() + " because "
                + Resolvers.preferred().fallbackReason());
        if (AddressInfos.fallbackReason() != null) {
            System.out.println("calls " + called("127.0.0.1") + ", " + called("nul\0"));
        }
        System.out.println(AddressInfos.lookup("127.0.0.1", "27015", Hints.DEFAULT));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                DialResult result = Dialer.create().dial("localhost", server.getLocalPort())) {
            System.out.println(result.trace().toJson());
        }
    }

    private static String called(String node) {
        try {
            return "answered with " + GetAddrInfo.call(node, null, null).code();
        } catch (IllegalStateException | NoClassDefFoundError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
