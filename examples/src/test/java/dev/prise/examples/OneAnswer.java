package dev.prise.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that does the same with each connection, on a thread of its own, until it is closed. */
final class OneAnswer implements AutoCloseable {
    private final ServerSocket listener;

    /** What it does with a connection, which is closed afterwards. */
    @FunctionalInterface
    interface Conversation {
        void with(Socket socket) throws IOException;
    }

    private OneAnswer(ServerSocket listener, Conversation conversation) {
        this.listener = listener;
        Thread.ofPlatform().daemon().name("one-answer").start(() -> {
            while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                    conversation.with(socket);
                } catch (IOException e) {
                    // the client has enough, or the test is over
                }
            }
        });
    }

    /** On this address and port, 0 for any. */
    static OneAnswer on(String address, int port, Conversation conversation) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
        return new OneAnswer(listener, conversation);
    }

    /** On a listener of the caller's. */
    static OneAnswer on(ServerSocket listener, Conversation conversation) {
        return new OneAnswer(listener, conversation);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
