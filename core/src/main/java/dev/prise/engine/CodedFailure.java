package dev.prise.engine;

import dev.prise.address.ErrorCode;

/** An exception that knows its code, so that nobody has to guess it from the message. */
public interface CodedFailure {
    /** The code. */
    ErrorCode code();
}
