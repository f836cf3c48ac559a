/** The drivers of a race: real sockets, the one selector thread, source addresses. Not exported. */
@NullMarked
package dev.prise.engine;

import org.jspecify.annotations.NullMarked;
