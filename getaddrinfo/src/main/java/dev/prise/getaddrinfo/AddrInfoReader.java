package dev.prise.getaddrinfo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the list that {@code getaddrinfo} has made, by the layouts of a {@link Platform}. */
final class AddrInfoReader {
    /** The longest list that is read; a longer one is {@code EAI_OVERFLOW}, as a list that bites its tail would be. */
    static final int MAX_RESULTS = 10_000;

    /** The longest canonical name that is read; what is longer is cut. Names have 255 characters at most. */
    static final int MAX_NAME_BYTES = 8192;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final boolean BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private static final int INET_BYTES = 16;
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
    <T> @Nullable List<T> read(long head, Reading<?, T> reading) {
        if (head != 0 && memory.longAt(head + Platform.NEXT_AT) == 0) {
            T only = element(head, reading);
            return only == null ? List.of() : List.of(only);
        }
        List<T> list = new ArrayList<>();
        int count = 0;
        for (long at = head; at != 0; at = memory.longAt(at + Platform.NEXT_AT)) {
            if (count++ == MAX_RESULTS) {
                return null;
            }
            T element = element(at, reading);
            if (element != null) {
                list.add(element);
            }
        }
        return Collections.unmodifiableList(list);
    }

    private <T> @Nullable T element(long at, Reading<?, T> reading) {
        long flagsAndFamily = memory.longAt(at + Platform.FLAGS_AT);
        long typeAndProtocol = memory.longAt(at + Platform.TYPE_AT);
        long length = memory.longAt(at + Platform.LENGTH_AT);
        if (platform.lengthBytes() == 4) {
            length = Integer.toUnsignedLong(firstInt(length));
        }
        long socketAddress = memory.longAt(at + platform.addressAt());
        InetSocketAddress address = null;
        int flowInfo = 0;
        int scopeId = 0;
        if (socketAddress != 0 && length >= INET_BYTES) {
            long start = memory.longAt(socketAddress);
            int family = familyIn(start);
            if (family == Platform.AF_INET) {
                address = inet(start);
            } else if (family == platform.inet6() && length >= INET6_BYTES) {
                flowInfo = secondInt(start);
                scopeId = memory.intAt(socketAddress + INET6_SCOPE_AT);
                address = inet6(socketAddress, start, scopeId);
            }
        }
        long name = memory.longAt(at + platform.canonicalNameAt());
        return reading.result(
                firstInt(flagsAndFamily),
                secondInt(flagsAndFamily),
                firstInt(typeAndProtocol),
                secondInt(typeAndProtocol),
                length,
                address,
                flowInfo,
                scopeId,
                name == 0 ? null : text(name));
    }

    // Eight bytes are read at once and taken apart here: each access of native memory has its price.

    private static int firstInt(long word) {
        return BIG_ENDIAN ? (int) (word >>> 32) : (int) word;
    }

    private static int secondInt(long word) {
        return BIG_ENDIAN ? (int) word : (int) (word >>> 32);
    }

    /** A byte of a word, 0 to 255, by its place in memory. */
    private static int byteIn(long word, int index) {
        return (int) (word >>> (8 * (BIG_ENDIAN ? 7 - index : index))) & 0xff;
    }

    /** From the first word of a socket address. */
    private int familyIn(long word) {
        if (platform.familyAfterLength()) {
            return byteIn(word, 1);
        }
        return BIG_ENDIAN ? (int) (word >>> 48) : (int) word & 0xffff;
    }

    /** In the byte order of the network, from the first word of a socket address. */
    private static int portIn(long word) {
        return byteIn(word, 2) << 8 | byteIn(word, 3);
    }

    private static InetSocketAddress inet(long word) {
        byte[] bytes = {(byte) byteIn(word, 4), (byte) byteIn(word, 5), (byte) byteIn(word, 6), (byte) byteIn(word, 7)};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), portIn(word));
        } catch (UnknownHostException e) {
            throw new AssertionError("4 bytes are an address", e);
        }
    }

    private InetSocketAddress inet6(long at, long word, int scopeId) {
        byte[] bytes = new byte[16];
        WORD.set(bytes, 0, memory.longAt(at + INET6_ADDRESS_AT));
        WORD.set(bytes, 8, memory.longAt(at + INET6_ADDRESS_AT + 8));
        try {
            // zero is no zone; -1 says so, and keeps a mapped address an IPv6 one
            InetAddress address = Inet6Address.getByAddress(null, bytes, scopeId == 0 ? -1 : scopeId);
            return new InetSocketAddress(address, portIn(word));
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are an address", e);
        }
    }

    /** Byte by byte, since nothing may be read beyond the end. */
    private String text(long at) {
        int width = platform.wide() ? 2 : 1;
        byte[] bytes = new byte[64];
        int length = 0;
        while (length < MAX_NAME_BYTES && !isEnd(at + length)) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            for (int i = 0; i < width; i++) {
                bytes[length + i] = memory.byteAt(at + length + i);
            }
            length += width;
        }
        return new String(bytes, 0, length, platform.wide() ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
    }

    private boolean isEnd(long at) {
        return memory.byteAt(at) == 0 && (!platform.wide() || memory.byteAt(at + 1) == 0);
    }
}
