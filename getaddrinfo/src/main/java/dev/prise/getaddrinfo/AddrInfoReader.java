package dev.prise.getaddrinfo;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the list that {@code getaddrinfo} has made, by the layouts of a {@link Platform}. */
final class AddrInfoReader {
    /** The longest list that is read; a longer one is {@code EAI_OVERFLOW}, as a list that bites its tail would be. */
    static final int MAX_RESULTS = 10_000;

    /** The longest canonical name that is read, in characters of the system; what is longer is cut. Names have 255 at most. */
    static final int MAX_NAME_LENGTH = 4096;

    private static final int PORT_AT = 2;
    private static final int INET_ADDRESS_AT = 4;
    private static final int INET_BYTES = 16;
    private static final int INET6_FLOW_AT = 4;
    private static final int INET6_ADDRESS_AT = 8;
    private static final int INET6_SCOPE_AT = 24;
    private static final int INET6_BYTES = 28;

    private final Platform platform;
    private final Memory memory;

    AddrInfoReader(Platform platform, Memory memory) {
        this.platform = platform;
        this.memory = memory;
    }

    /**
     * The list as objects; null when it has more than {@link #MAX_RESULTS} elements.
     *
     * @param head where the first element is, 0 for an empty list
     */
    @Nullable
    List<NativeAddressInfo> read(long head) {
        if (head != 0 && memory.longAt(head + Platform.NEXT_AT) == 0) {
            return List.of(element(head));
        }
        List<NativeAddressInfo> list = new ArrayList<>();
        for (long at = head; at != 0; at = memory.longAt(at + Platform.NEXT_AT)) {
            if (list.size() == MAX_RESULTS) {
                return null;
            }
            list.add(element(at));
        }
        return Collections.unmodifiableList(list);
    }

    private NativeAddressInfo element(long at) {
        long length = platform.lengthBytes() == 8
                ? memory.longAt(at + Platform.LENGTH_AT)
                : Integer.toUnsignedLong(memory.intAt(at + Platform.LENGTH_AT));
        long socketAddress = memory.longAt(at + platform.addressAt());
        int family = socketAddress == 0 || length < 2 ? Platform.AF_UNSPEC : familyOf(socketAddress);
        boolean six = family == platform.inet6() && length >= INET6_BYTES;
        InetSocketAddress address = null;
        if (six) {
            address = inet6(socketAddress);
        } else if (family == Platform.AF_INET && length >= INET_BYTES) {
            address = inet(socketAddress);
        }
        long name = memory.longAt(at + platform.canonicalNameAt());
        return new NativeAddressInfo(
                memory.intAt(at + Platform.FLAGS_AT),
                memory.intAt(at + Platform.FAMILY_AT),
                memory.intAt(at + Platform.TYPE_AT),
                memory.intAt(at + Platform.PROTOCOL_AT),
                length,
                address,
                six ? memory.intAt(socketAddress + INET6_FLOW_AT) : 0,
                six ? memory.intAt(socketAddress + INET6_SCOPE_AT) : 0,
                name == 0 ? null : text(name));
    }

    private int familyOf(long socketAddress) {
        return platform.familyAfterLength()
                ? Byte.toUnsignedInt(memory.byteAt(socketAddress + 1))
                : Short.toUnsignedInt(memory.shortAt(socketAddress));
    }

    private InetSocketAddress inet(long at) {
        byte[] bytes = new byte[4];
        memory.copy(at + INET_ADDRESS_AT, bytes);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port(at));
        } catch (UnknownHostException e) {
            throw new AssertionError("4 bytes are an address", e);
        }
    }

    private InetSocketAddress inet6(long at) {
        byte[] bytes = new byte[16];
        memory.copy(at + INET6_ADDRESS_AT, bytes);
        // zero is no zone; -1 says so, and keeps a mapped address an IPv6 one
        int scope = memory.intAt(at + INET6_SCOPE_AT);
        try {
            return new InetSocketAddress(Inet6Address.getByAddress(null, bytes, scope == 0 ? -1 : scope), port(at));
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are an address", e);
        }
    }

    /** In the byte order of the network. */
    private int port(long at) {
        return Byte.toUnsignedInt(memory.byteAt(at + PORT_AT)) << 8
                | Byte.toUnsignedInt(memory.byteAt(at + PORT_AT + 1));
    }

    private String text(long at) {
        int width = platform.wide() ? 2 : 1;
        int length = 0;
        while (length < MAX_NAME_LENGTH && !isEnd(at + (long) length * width)) {
            length++;
        }
        byte[] bytes = new byte[length * width];
        memory.copy(at, bytes);
        return new String(bytes, platform.wide() ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
    }

    private boolean isEnd(long at) {
        return platform.wide() ? memory.shortAt(at) == 0 : memory.byteAt(at) == 0;
    }
}
