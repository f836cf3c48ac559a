/** What serves the laboratory's network namespaces: a DNS server that does what a script says, and TCP servers of several kinds. */
@NullMarked
package dev.prise.lab;

import org.jspecify.annotations.NullMarked;
