package dev.prise.race;

import dev.prise.address.AddressInfo;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address with what destination address selection must know of it.
 *
 * @param address where to connect to
 * @param source the address that this machine would connect from; null when it has no route or none is known
 */
public record Candidate(AddressInfo address, @Nullable InetAddress source) {}
