/** The JVM clients which the laboratory compares Prise with, each used as its own documentation shows. */
@NullMarked
package dev.prise.rivals;

import org.jspecify.annotations.NullMarked;
