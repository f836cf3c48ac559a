/** The decisions of a dial, without input or output: destination address selection and the race of connection attempts. */
@NullMarked
package dev.prise.race;

import org.jspecify.annotations.NullMarked;
