package dev.prise.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Reads questions from a UDP socket. */
final class UdpService implements AutoCloseable {
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final int LONGEST_PACKET_BYTES = 65_535;

    private final DatagramChannel channel;
    private final Responder responder;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    UdpService(DatagramChannel channel, Responder responder) throws IOException {
        this.channel = channel;
        this.responder = responder;
        // The system takes less where it allows less.
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        threads.execute(this::read);
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST_PACKET_BYTES);
        while (true) {
            try {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                long arrivedNanos = responder.nowNanos();
                byte[] packet = new byte[buffer.flip().remaining()];
                buffer.get(packet);
                responder.accept(
                        threads,
                        Responder.Transport.UDP,
                        Addresses.text(from),
                        arrivedNanos,
                        packet,
                        wire -> channel.send(ByteBuffer.wrap(wire), from));
            } catch (ClosedChannelException | InterruptedException | RejectedExecutionException e) {
                // The server is being closed.
                return;
            } catch (IOException e) {
                responder.trouble(Responder.Transport.UDP, e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        threads.shutdownNow();
        threads.close();
    }
}
