/** The front door: a {@link dev.prise.Dialer} takes a {@link dev.prise.Target} and hands over a connected socket. */
@NullMarked
package dev.prise;

import org.jspecify.annotations.NullMarked;
