package dev.prise.cli;

/** The exit statuses of {@code prise}; they are part of its interface. */
final class ExitStatus {
    /** Done. */
    static final int DONE = 0;
    /** Not connected, or cannot listen. */
    static final int NOT_CONNECTED = 1;
    /** Wrong usage. */
    static final int USAGE = 2;
    /** The name or the service could not be resolved. */
    static final int NOT_RESOLVED = 3;
    /** Broke after it was connected. */
    static final int BROKEN = 4;
    /** Interrupted: 128 and the number of SIGINT. The JVM itself ends so when the signal comes. */
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
