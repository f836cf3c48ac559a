/** The laboratory's network: two namespaces, faults by address, and what passes between them, written down. */
@NullMarked
package dev.prise.lab.net;

import org.jspecify.annotations.NullMarked;
