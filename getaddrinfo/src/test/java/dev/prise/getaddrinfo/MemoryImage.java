package dev.prise.getaddrinfo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * Memory of a little-endian machine as a hex dump: each line is an address, a colon and bytes; blanks and what follows {@code #} do not count. Reading where nothing
 * was laid out is an error of the test.
 */
final class MemoryImage extends Memory {
    private static final int SIZE = 0x2000;

    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private final boolean[] laidOut = new boolean[SIZE];

    MemoryImage(String dump) {
        for (String line : dump.lines().toList()) {
            String text = line.replaceAll("#.*|\\s", "");
            if (text.isEmpty()) {
                continue;
            }
            int colon = text.indexOf(':');
            int at = Integer.parseInt(text.substring(0, colon), 16);
            for (byte each : HexFormat.of().parseHex(text.substring(colon + 1))) {
                bytes.put(at, each);
                laidOut[at++] = true;
            }
        }
    }

    private int check(long address, int length) {
        for (long at = address; at < address + length; at++) {
            if (at < 0 || at >= SIZE || !laidOut[(int) at]) {
                throw new AssertionError("nothing is at " + Long.toHexString(at));
            }
        }
        return (int) address;
    }

    @Override
    byte byteAt(long address) {
        return bytes.get(check(address, 1));
    }

    @Override
    int intAt(long address) {
        return bytes.getInt(check(address, 4));
    }

    @Override
    long longAt(long address) {
        return bytes.getLong(check(address, 8));
    }
}
