/** The resolver interface and the resolver of the JDK. */
@NullMarked
package dev.prise.resolve;

import org.jspecify.annotations.NullMarked;
