/** The client and the server of the Winsock tutorial, step by step on Prise; docs/winsock.md walks through them. */
@NullMarked
package dev.prise.examples;

import org.jspecify.annotations.NullMarked;
