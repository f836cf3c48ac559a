package dev.prise.lab;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads questions from TCP connections: each with its length before it, any number in a connection (RFC 1035 section 4.2.2). */
final class TcpService implements AutoCloseable {
    private final ServerSocket listener;
    private final Responder responder;
    private final Limits limits;
    private final Semaphore free;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    TcpService(ServerSocket listener, Responder responder, Limits limits) {
        this.listener = listener;
        this.responder = responder;
        this.limits = limits;
        this.free = new Semaphore(limits.connections());
        timer.setRemoveOnCancelPolicy(true);
        threads.execute(this::acceptAll);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                begin(listener.accept());
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
                responder.trouble(Responder.Transport.TCP, e);
            }
        }
    }

    private void begin(Socket socket) throws IOException {
        String client = Addresses.text((InetSocketAddress) socket.getRemoteSocketAddress());
        if (!free.tryAcquire()) {
            responder.note(
                    Responder.Transport.TCP,
                    client,
                    "closed",
                    "at the limit of " + limits.connections() + " connections");
            socket.close();
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    converse(socket, client);
                } finally {
                    free.release();
                }
            });
        } catch (RejectedExecutionException e) {
            // It came while the server was being closed.
            free.release();
            socket.close();
        }
    }

    private void converse(Socket socket, String client) {
        Future<?> end = timer.schedule(
                () -> closeAfterLimit(socket, client), limits.connectionTime().toNanos(), TimeUnit.NANOSECONDS);
        // The threads are closed first, which waits: a client may send all it has, say so, and then read.
        try (socket;
                ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte[] packet = new byte[in.readUnsignedShort()];
                in.readFully(packet);
                responder.accept(
                        answering,
                        Responder.Transport.TCP,
                        client,
                        responder.nowNanos(),
                        packet,
                        wire -> send(socket, wire));
            }
        } catch (EOFException e) {
            // The client has no more questions.
        } catch (IOException e) {
            if (!listener.isClosed()) {
                responder.note(Responder.Transport.TCP, client, "closed", String.valueOf(e.getMessage()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end.cancel(false);
        }
    }

    private void closeAfterLimit(Socket socket, String client) {
        responder.note(Responder.Transport.TCP, client, "closed", "open for " + limits.connectionTime());
        try {
            socket.close();
        } catch (IOException e) {
            responder.note(Responder.Transport.TCP, client, "trouble", String.valueOf(e.getMessage()));
        }
    }

    private static void send(Socket socket, byte[] wire) throws IOException {
        byte[] framed = ByteBuffer.allocate(2 + wire.length)
                .putShort((short) wire.length)
                .put(wire)
                .array();
        synchronized (socket) {
            socket.getOutputStream().write(framed);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        threads.close();
        timer.shutdownNow();
    }
}
