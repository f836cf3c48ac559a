package dev.prise.engine;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.race.RaceEvent;
import dev.prise.telemetry.Faults;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One connection attempt of a dial: its socket, from opening to closing or handing over. */
final class Attempt {
    final int id;
    final AddressInfo address;
    final DialTask task;
    final SocketChannel channel;

    /** The registration with the loop's selector, null while there is none. */
    @Nullable
    SelectionKey key;

    /** Counts against the address until it answers. */
    private Unanswered.@Nullable Waiting waiting;

    /** Whether connecting has begun, so that a failure may come from the network. */
    boolean sent;

    /** Whether the channel is connected and has yet to be ready. */
    boolean reached;

    /** What makes it ready, null before it has begun and where nothing is demanded. */
    @Nullable
    ReadyCheck check;

    /** Whether the check has said its last word, or nobody wants to hear it any more. */
    private boolean settled;

    private Attempt(int id, AddressInfo address, DialTask task, SocketChannel channel) {
        this.id = id;
        this.address = address;
        this.task = task;
        this.channel = channel;
    }

    /**
     * Opens a socket of the address's own family and sets it up: options and source address come before connect.
     *
     * @throws IOException when the system refuses
     */
    static Attempt open(int id, AddressInfo address, DialTask task) throws IOException {
        return new Attempt(id, address, task, openChannel(address, task.request));
    }

    /** The socket of an attempt, set up as {@link #open} has it. */
    static SocketChannel openChannel(AddressInfo address, DialRequest request) throws IOException {
        SocketChannel channel = openChannel(address.family());
        try {
            setOptions(channel, request.options());
            InetSocketAddress source = request.source();
            if (source != null && address.family() != AddressFamily.UNIX) {
                bind(channel, source, address.family());
            }
            return channel;
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    /** The wildcard address is of every family. */
    private static void bind(SocketChannel channel, InetSocketAddress source, AddressFamily family) throws IOException {
        InetAddress address = source.getAddress();
        if (source.getPort() != 0 && !channel.getOption(StandardSocketOptions.SO_REUSEADDR)) {
            // several attempts have the same local port, to different addresses
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        if (address.isAnyLocalAddress()) {
            if (source.getPort() != 0) {
                byte[] wildcard = new byte[family == AddressFamily.INET6 ? 16 : 4];
                channel.bind(new InetSocketAddress(InetAddress.getByAddress(wildcard), source.getPort()));
            }
        } else if (AddressFamily.of(address) != family) {
            throw new BindException("Cannot assign requested address: the source address " + address.getHostAddress()
                    + " is of another family");
        } else {
            channel.bind(source);
        }
    }

    private static SocketChannel openChannel(AddressFamily family) throws IOException {
        ProtocolFamily protocolFamily = switch (family) {
            case INET -> StandardProtocolFamily.INET;
            case INET6 -> StandardProtocolFamily.INET6;
            case UNIX -> StandardProtocolFamily.UNIX;
            case UNSPEC -> throw new IllegalArgumentException("no address has an unspecified family");
        };
        try {
            return SocketChannel.open(protocolFamily);
        } catch (UnsupportedOperationException e) {
            throw new IOException("Address family not supported by this system", e);
        }
    }

    private static void setOptions(SocketChannel channel, Map<SocketOption<?>, Object> options) throws IOException {
        for (Map.Entry<SocketOption<?>, Object> option : options.entrySet()) {
            setOption(channel, option.getKey(), option.getValue());
        }
    }

    @SuppressWarnings("unchecked") // the builder takes a name only with a value of its type
    private static <T> void setOption(SocketChannel channel, SocketOption<T> name, Object value) throws IOException {
        channel.setOption(name, (T) value);
    }

    /**
     * Begins to connect without blocking; true when that is all there was to do, as it mostly is on loopback.
     *
     * @throws IOException when it failed at once
     */
    boolean connect() throws IOException {
        channel.configureBlocking(false);
        if (channel.connect(address.address())) {
            return true;
        }
        if (address.family() == AddressFamily.UNIX) {
            // unix(7): EAGAIN, the only way for such a connect not to be decided at once
            throw new IOException("Resource temporarily unavailable: the server's queue is full");
        }
        sent = true;
        return channel.finishConnect();
    }

    /** Whether a blocking connect has failed on this machine, before anything was sent: connect(2) says the same of both. */
    static boolean isLocal(AddressInfo address, Throwable failure) {
        ErrorCode code = ErrorCodes.of(failure);
        return switch (code) {
            // a route of this machine or a router on the way
            case NETWORK_UNREACHABLE, HOST_UNREACHABLE, PERMISSION_DENIED -> SourceProbe.meets(code, address);
            case ADDRESS_NOT_AVAILABLE, NOT_PERMITTED, INVALID_ARGUMENT, NO_BUFFER_SPACE, OUT_OF_MEMORY -> true;
            default -> false;
        };
    }

    /** What a failure means for the race. */
    static RaceEvent.AttemptFailed failed(int id, Throwable failure, boolean beforeConnecting) {
        ErrorCode code = ErrorCodes.of(failure);
        return new RaceEvent.AttemptFailed(id, kind(code, failure, beforeConnecting), code, messageOf(failure));
    }

    /** What a failure means for the race that came after the attempt had been connected. */
    static RaceEvent.AttemptFailed notReady(int id, Throwable failure) {
        if (!(failure instanceof IOException)) {
            return new RaceEvent.AttemptFailed(
                    id, RaceEvent.FailureKind.BUG, ErrorCodes.of(failure), messageOf(failure));
        }
        ErrorCode code = failure instanceof CodedFailure coded
                ? coded.code()
                : failure instanceof SSLException ? ErrorCode.TLS_HANDSHAKE : ErrorCodes.of(failure);
        return new RaceEvent.AttemptFailed(id, RaceEvent.FailureKind.NOT_READY, code, messageOf(failure));
    }

    private static String messageOf(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
    }

    private static RaceEvent.FailureKind kind(ErrorCode code, Throwable failure, boolean beforeConnecting) {
        if (!(failure instanceof IOException)) {
            return RaceEvent.FailureKind.BUG;
        }
        return switch (code) {
            case FAMILY_NOT_SUPPORTED, PROTOCOL_FAMILY_NOT_SUPPORTED -> RaceEvent.FailureKind.LOCAL_FAMILY;
            // told by connect(2) itself: this machine has no route; told later: a router has none
            case NETWORK_UNREACHABLE ->
                beforeConnecting ? RaceEvent.FailureKind.LOCAL_FAMILY : RaceEvent.FailureKind.NETWORK;
            case CONNECTION_REFUSED, TIMED_OUT, CONNECTION_RESET -> RaceEvent.FailureKind.NETWORK;
            default -> beforeConnecting ? RaceEvent.FailureKind.LOCAL : RaceEvent.FailureKind.NETWORK;
        };
    }

    /** Nothing has answered yet. */
    void waits(long delayNanos) {
        waiting = Unanswered.shared().begin(address, System.nanoTime(), delayNanos);
    }

    /** Something has answered, or nobody waits for it any more. */
    void answered() {
        if (waiting != null) {
            waiting.end();
            waiting = null;
        }
    }

    /** Closes the socket and leaves the selector, whose next round frees the descriptor. */
    void close() {
        answered();
        settled = true;
        if (key != null) {
            key.cancel();
        }
        if (check != null) {
            closeCheck(check);
        }
        closeQuietly(channel);
    }

    private static void closeCheck(ReadyCheck check) {
        try {
            check.close();
        } catch (RuntimeException | Error e) {
            Faults.tell(e);
        }
    }

    /** Goes on with the check, which begins now if it has not yet. */
    ReadyCheck.Need step(Runnable wake) throws IOException {
        ReadyCheck going = check;
        if (going == null) {
            going = Objects.requireNonNull(task.request.readiness()).begin(channel, address, wake);
            check = going;
        }
        return going.step();
    }

    void settle() {
        settled = true;
    }

    boolean isSettled() {
        return settled;
    }

    static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // the socket is gone either way, and nobody waits for it
        }
    }
}
