package dev.prise.getaddrinfo;

/** The memory that addresses point into: the process's own, or an image that a test has laid out. Numbers are in the machine's order. */
abstract class Memory {
    abstract byte byteAt(long address);

    abstract int intAt(long address);

    abstract long longAt(long address);
}
