/**
 * The programs that the pages of docs show: the client and the server of the Winsock tutorial (docs/winsock.md), the recipes of
 * docs/cookbook.md, the first steps of docs/quick-start.md, and a driver of the race (docs/driving-the-race.md).
 */
@NullMarked
package dev.prise.examples;

import org.jspecify.annotations.NullMarked;
