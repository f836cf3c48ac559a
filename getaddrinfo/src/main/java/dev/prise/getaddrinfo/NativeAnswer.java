package dev.prise.getaddrinfo;

import java.util.List;

/**
 * What one call of the system's {@code getaddrinfo} gave.
 *
 * @param code what it returned, 0 when it found something
 * @param errno the {@code errno} after the call (on Windows that of Winsock); it only says something with {@code EAI_SYSTEM}
 * @param results the list, in its order; immutable, empty when the code is not 0
 */
public record NativeAnswer(int code, int errno, List<NativeAddressInfo> results) {}
