package dev.prise.resolve;

import dev.prise.address.AddressFamily;

/**
 * A question for a {@link Resolver}.
 *
 * @param host a host name in ASCII form, never empty and never an address literal
 * @param family UNSPEC, INET6 or INET; other addresses in an answer are passed over
 */
public record ResolveQuery(String host, AddressFamily family) {}
