package dev.prise.bench;

import dev.prise.address.ErrorCode;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/** A resolver that answers from a table, at once and on the caller's thread. */
record Names(Map<String, List<InetAddress>> table) implements Resolver {
    @Override
    public String name() {
        return "table";
    }

    @Override
    public Lookup resolve(ResolveQuery query, ResolveSink sink) {
        List<InetAddress> addresses = table.get(query.host());
        if (addresses == null) {
            sink.fail(ErrorCode.HOST_NOT_FOUND, "not in the table");
        } else {
            sink.answer(addresses, null);
            sink.end();
        }
        return Lookup.ENDED;
    }

    /** The loopback address 127.0.0.LAST. */
    static InetAddress loopback(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
