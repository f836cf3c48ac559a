package dev.prise.getaddrinfo;

import dev.prise.address.Hints.Flag;

/**
 * How {@code getaddrinfo} looks on each system: names, layouts of its structures on 64-bit machines, and numbers.
 *
 * <p>{@code struct addrinfo} begins with four ints (flags, family, type, protocol) and ends with the pointer to the next at 40 everywhere;
 * what is between differs. Sources: netdb.h, sys/socket.h and netinet/in.h of glibc 2.36, musl 1.2, macOS, FreeBSD; ws2def.h, ws2tcpip.h
 * and the documentation of {@code GetAddrInfoW} for Windows. LINUX_GLIBC is run by the tests; the others are read from memory laid out by
 * hand and have not been run.
 */
enum Platform {
    /** Linux with the GNU C library. */
    LINUX_GLIBC(10, false, 24, 32, 4, false, "getaddrinfo", "freeaddrinfo"),
    /** Linux with musl. */
    LINUX_MUSL(10, false, 24, 32, 4, false, "getaddrinfo", "freeaddrinfo"),
    /** macOS. */
    MACOS(30, true, 32, 24, 4, false, "getaddrinfo", "freeaddrinfo"),
    /** FreeBSD. */
    FREEBSD(28, true, 32, 24, 4, false, "getaddrinfo", "freeaddrinfo"),
    /** Windows: the functions are those of ws2_32, with UTF-16 text. */
    WINDOWS(23, false, 32, 24, 8, true, "GetAddrInfoW", "FreeAddrInfoW");

    /** The size of {@code struct addrinfo} in bytes. */
    static final int ADDRINFO_BYTES = 48;

    static final int FLAGS_AT = 0;
    static final int FAMILY_AT = 4;
    static final int TYPE_AT = 8;
    static final int PROTOCOL_AT = 12;
    static final int LENGTH_AT = 16;
    static final int NEXT_AT = 40;

    /** {@code AF_UNSPEC}, {@code AF_UNIX} and {@code AF_INET}, the same everywhere. */
    static final int AF_UNSPEC = 0;

    static final int AF_UNIX = 1;
    static final int AF_INET = 2;

    private final int inet6;
    private final boolean familyAfterLength;
    private final int addressAt;
    private final int canonicalNameAt;
    private final int lengthBytes;
    private final boolean wide;
    private final String lookupSymbol;
    private final String freeSymbol;

    Platform(
            int inet6,
            boolean familyAfterLength,
            int addressAt,
            int canonicalNameAt,
            int lengthBytes,
            boolean wide,
            String lookupSymbol,
            String freeSymbol) {
        this.inet6 = inet6;
        this.familyAfterLength = familyAfterLength;
        this.addressAt = addressAt;
        this.canonicalNameAt = canonicalNameAt;
        this.lengthBytes = lengthBytes;
        this.wide = wide;
        this.lookupSymbol = lookupSymbol;
        this.freeSymbol = freeSymbol;
    }

    /** {@code AF_INET6}. */
    int inet6() {
        return inet6;
    }

    /** Whether a socket address begins with its length in one byte and its family in the next, as on the BSDs, not with a family of two. */
    boolean familyAfterLength() {
        return familyAfterLength;
    }

    /** Where {@code ai_addr} is. */
    int addressAt() {
        return addressAt;
    }

    /** Where {@code ai_canonname} is. */
    int canonicalNameAt() {
        return canonicalNameAt;
    }

    /** The size of {@code ai_addrlen}: 4, a {@code socklen_t}, or 8, a {@code size_t}. */
    int lengthBytes() {
        return lengthBytes;
    }

    /** Whether texts are UTF-16 and not bytes. */
    boolean wide() {
        return wide;
    }

    /** The name of the function that looks up. */
    String lookupSymbol() {
        return lookupSymbol;
    }

    /** The name of the function that gives the list back. */
    String freeSymbol() {
        return freeSymbol;
    }

    /** The number of a flag, zero where this system does not have it. */
    int flag(Flag flag) {
        boolean linux = this == LINUX_GLIBC || this == LINUX_MUSL;
        // all but Linux have the numbers of KAME, Windows too
        return switch (flag) {
            case PASSIVE -> 0x1;
            case CANONNAME -> 0x2;
            case NUMERICHOST -> 0x4;
            case NUMERICSERV -> linux ? 0x400 : this == MACOS ? 0x1000 : 0x8;
            case V4MAPPED -> linux ? 0x8 : 0x800;
            case ALL -> linux ? 0x10 : 0x100;
            case ADDRCONFIG -> linux ? 0x20 : 0x400;
            case IDN -> this == LINUX_GLIBC ? 0x40 : 0;
            case CANONIDN -> this == LINUX_GLIBC ? 0x80 : 0;
            case V4MAPPED_CFG -> this == MACOS || this == FREEBSD ? 0x200 : 0;
            case DNS_ONLY -> this == WINDOWS ? 0x10 : 0;
            case FQDN -> this == WINDOWS ? 0x20000 : 0;
            case DISABLE_IDN_ENCODING -> this == WINDOWS ? 0x80000 : 0;
        };
    }
}
