/**
 * The operating system's {@code getaddrinfo} through {@code java.lang.foreign}: as a resolver, as the plain lookup, and as the bare call
 * with numbers of the system.
 */
@NullMarked
package dev.prise.getaddrinfo;

import org.jspecify.annotations.NullMarked;
