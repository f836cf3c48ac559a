/** Values of the socket interface: address families, hints, addresses, services, error codes. Pure; nothing here touches the network. */
@NullMarked
package dev.prise.address;

import org.jspecify.annotations.NullMarked;
