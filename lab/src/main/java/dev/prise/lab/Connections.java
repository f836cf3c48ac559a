package dev.prise.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The connections of several servers, each with a virtual thread; to be closed after those. Thread-safe. */
final class Connections implements Closeable {
    private final Semaphore free;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("idle connections").factory());

    /**
     * None yet.
     *
     * @param most how many may be open; one beyond is closed at once
     * @param idleTime how long nothing may happen on one before it is closed; it may take a quarter longer
     */
    Connections(int most, Duration idleTime) {
        this.free = new Semaphore(most);
        long quarterNanos = idleTime.toNanos() / 4;
        var _ = timer.scheduleWithFixedDelay(
                () -> closeAll(connection -> connection.hasIdledFor(idleTime)),
                quarterNanos,
                quarterNanos,
                TimeUnit.NANOSECONDS);
    }

    /** Takes what a server has accepted. */
    void begin(Listener owner, Socket accepted, Conversation conversation) throws IOException {
        if (!free.tryAcquire()) {
            accepted.close();
            return;
        }
        Connection connection = new Connection(owner, accepted);
        open.add(connection);
        threads.execute(() -> converse(connection, conversation));
    }

    private void converse(Connection connection, Conversation conversation) {
        try {
            conversation.hold(connection);
        } catch (IOException e) {
            // The peer has gone or breaks the rules, or the connection has been closed from here.
        } finally {
            end(connection);
        }
    }

    private void end(Connection connection) {
        close(connection);
        open.remove(connection);
        free.release();
    }

    /** Closes all of a server. */
    void closeAllOf(Listener owner) {
        closeAll(connection -> connection.isOf(owner));
    }

    private void closeAll(Predicate<Connection> which) {
        open.stream().filter(which).forEach(Connections::close);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            System.err.println("LabServer: a connection could not be closed: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        closeAll(connection -> true);
        threads.close();
    }
}
