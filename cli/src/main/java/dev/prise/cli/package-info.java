/** The {@code prise} command: what its subcommands do, and how they tell it. */
@NullMarked
package dev.prise.cli;

import org.jspecify.annotations.NullMarked;
