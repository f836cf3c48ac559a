/** What every driver of a race must do, as tests to be inherited. */
@NullMarked
package dev.prise.contract;

import org.jspecify.annotations.NullMarked;
