/** TLS over a channel, by the engine of the Java library. An implementation detail, not exported. */
@NullMarked
package dev.prise.tls;

import org.jspecify.annotations.NullMarked;
