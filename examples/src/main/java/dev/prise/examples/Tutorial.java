package dev.prise.examples;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.address.ErrorNumbering;
import java.io.Closeable;
import java.io.IOException;

/** What the client and the server share. */
final class Tutorial {
    // a test may choose another port with this property
    static final String DEFAULT_PORT = System.getProperty("prise.examples.port", "27015");

    static final int BUFFER_BYTES = 512;

    private Tutorial() {}

    /** The system's own number of a failure, which the Java library keeps to itself: 111 for "Connection refused" on Linux. */
    static int number(IOException failure) {
        ErrorCode code = ErrorCodes.of(failure);
        return code.number(ErrorNumbering.current()).orElse(code.winsock());
    }

    /** Closes a socket whose connection has ended, one way or the other; the tutorial does not ask either how that went. */
    static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nobody uses it any more
        }
    }
}
