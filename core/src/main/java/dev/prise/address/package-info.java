/** Values of the socket interface: address families, hints, addresses, services, error codes. Nothing here touches the network; interface names and the services file are asked of the system. */
@NullMarked
package dev.prise.address;

import org.jspecify.annotations.NullMarked;
