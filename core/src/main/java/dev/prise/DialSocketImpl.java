package dev.prise;

import dev.prise.address.AddressLiteral;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketOptions;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a {@link Socket} that a {@link Dialer} connects.
 *
 * <p>There is no system socket before the race is won, so options and the local address are kept until then and given to every attempt.
 * Afterwards everything goes to the winner's channel through its own socket view, which honours read timeouts.
 */
final class DialSocketImpl extends SocketImpl {
    private final Dialer dialer;
    private final Map<SocketOption<?>, Object> options = new LinkedHashMap<>();

    /** Those that were set while the dial was under way, too late for the attempts' sockets. */
    private final Map<SocketOption<?>, Object> lateOptions = new LinkedHashMap<>();

    private final Object lock = new Object();

    private @Nullable InetSocketAddress source;
    private int soTimeoutMillis;
    private boolean oobInline;
    private boolean closed;
    private @Nullable SocketChannel channel;
    private @Nullable Dialing dialing;

    DialSocketImpl(Dialer dialer) {
        this.dialer = dialer;
    }

    // ---- connecting

    @Override
    protected void create(boolean stream) throws SocketException {
        if (!stream) {
            throw new SocketException("only stream sockets can be dialled");
        }
    }

    @Override
    protected void connect(String host, int port) throws IOException {
        connect(InetSocketAddress.createUnresolved(host, port), 0);
    }

    @Override
    protected void connect(InetAddress address, int port) throws IOException {
        connect(new InetSocketAddress(address, port), 0);
    }

    @Override
    protected void connect(SocketAddress address, int timeoutMillis) throws IOException {
        if (!(address instanceof InetSocketAddress inet)) {
            throw new IllegalArgumentException("not an Internet address: " + address);
        }
        Dialing mine = new Dialing();
        synchronized (lock) {
            requireOpen();
            if (channel != null || dialing != null) {
                throw new SocketException("already connected or connecting");
            }
            dialing = mine;
        }
        try {
            connected(inet, dial(inet, timeoutMillis, mine));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        } finally {
            synchronized (lock) {
                dialing = null;
            }
        }
    }

    private DialResult dial(InetSocketAddress inet, int timeoutMillis, Dialing mine) throws IOException {
        if (inet.getPort() == 0) {
            throw new ConnectException("nobody can listen on port 0");
        }
        Dialer configured = configured(timeoutMillis);
        InetAddress found = inet.getAddress();
        try {
            if (found == null) {
                return configured.dial(DialRequests.target(inet.getHostString(), inet.getPort()), null, mine);
            }
            if (isName(inet.getHostString())) {
                return configured.dial(Target.of(inet.getHostString(), inet.getPort()), withoutName(found), mine);
            }
            return configured.dial(Target.of(found.getHostAddress(), inet.getPort()), null, mine);
        } catch (CancellationException e) {
            throw socketException("Socket closed", e);
        }
    }

    /** Whether the text that came with an address is a name one could look up; it may be anything. */
    private static boolean isName(String text) {
        try {
            return Target.of(text, 1).literal() == null;
        } catch (InvalidTargetException e) {
            return false;
        }
    }

    private Dialer configured(int timeoutMillis) {
        Dialer.Builder builder = dialer.toBuilder();
        synchronized (lock) {
            options.forEach((name, value) -> addOption(builder, name, value));
            if (source != null) {
                builder.sourceAddress(source);
            }
        }
        if (timeoutMillis > 0) {
            builder.deadline(Duration.ofMillis(timeoutMillis));
        }
        return builder.build();
    }

    @SuppressWarnings("unchecked") // put only together with a value of its type
    private static <T> void addOption(Dialer.Builder builder, SocketOption<T> name, Object value) {
        builder.option(name, (T) value);
    }

    private void connected(InetSocketAddress asked, DialResult result) throws IOException {
        synchronized (lock) {
            if (closed) {
                result.close();
                throw new SocketException("Socket closed");
            }
            // first of all, so that closing closes it whatever happens next
            channel = result.channel();
            InetSocketAddress peer = (InetSocketAddress) result.address().address();
            Socket view = result.socket();
            view.setSoTimeout(soTimeoutMillis);
            view.setOOBInline(oobInline);
            for (Map.Entry<SocketOption<?>, Object> late : lateOptions.entrySet()) {
                setOn(result.channel(), late.getKey(), late.getValue());
            }
            address = named(asked, peer.getAddress());
            port = peer.getPort();
            localport = view.getLocalPort();
        }
    }

    @SuppressWarnings("unchecked") // put only together with a value of its type
    private static <T> void setOn(SocketChannel to, SocketOption<T> name, Object value) throws IOException {
        to.setOption(name, (T) value);
    }

    /** The peer's address with the name that was asked for, which TLS on top wants to know. */
    private static InetAddress named(InetSocketAddress asked, InetAddress peer) throws UnknownHostException {
        String host = asked.getHostString();
        if (AddressLiteral.parse(host) != null) {
            return peer;
        }
        return peer instanceof Inet6Address six
                ? Inet6Address.getByAddress(host, six.getAddress(), six.getScopeId())
                : InetAddress.getByAddress(host, peer.getAddress());
    }

    static InetAddress withoutName(InetAddress address) throws UnknownHostException {
        return address instanceof Inet6Address six
                ? Inet6Address.getByAddress(null, six.getAddress(), six.getScopeId())
                : InetAddress.getByAddress(address.getAddress());
    }

    @Override
    protected void bind(InetAddress host, int localPort) throws IOException {
        InetSocketAddress wanted = new InetSocketAddress(host, localPort);
        if (!host.isAnyLocalAddress() || localPort != 0) {
            // what cannot be bound is told now; which family the real sockets have is known when they are opened
            tryToBind(wanted);
        }
        synchronized (lock) {
            requireOpen();
            source = wanted;
            localport = localPort;
        }
    }

    private void tryToBind(InetSocketAddress wanted) throws IOException {
        Map<SocketOption<?>, Object> reuse = new LinkedHashMap<>();
        synchronized (lock) {
            for (SocketOption<?> name :
                    List.of(StandardSocketOptions.SO_REUSEADDR, StandardSocketOptions.SO_REUSEPORT)) {
                Object value = options.getOrDefault(name, dialer.options().get(name));
                if (value != null) {
                    reuse.put(name, value);
                }
            }
        }
        StandardProtocolFamily family = wanted.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
        try (SocketChannel scratch = SocketChannel.open(family)) {
            for (Map.Entry<SocketOption<?>, Object> option : reuse.entrySet()) {
                setOn(scratch, option.getKey(), option.getValue());
            }
            scratch.bind(wanted);
        } catch (UnsupportedOperationException e) {
            throw socketException("Protocol family not supported", e);
        }
    }

    @Override
    protected void listen(int backlog) throws IOException {
        throw new SocketException("a dialled socket does not listen");
    }

    @Override
    protected void accept(SocketImpl accepted) throws IOException {
        throw new SocketException("a dialled socket does not accept");
    }

    // ---- the connection

    @Override
    protected InputStream getInputStream() throws IOException {
        return new DialSocketStreams.Input(view().getInputStream());
    }

    @Override
    protected OutputStream getOutputStream() throws IOException {
        return new DialSocketStreams.Output(view().getOutputStream());
    }

    @Override
    protected int available() throws IOException {
        return view().getInputStream().available();
    }

    @Override
    protected void shutdownInput() throws IOException {
        view().shutdownInput();
    }

    @Override
    protected void shutdownOutput() throws IOException {
        view().shutdownOutput();
    }

    @Override
    protected boolean supportsUrgentData() {
        return true;
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
        view().sendUrgentData(data);
    }

    /** Closes the connection; a dial under way is stopped. */
    @Override
    protected void close() throws IOException {
        SocketChannel open;
        Dialing underWay;
        synchronized (lock) {
            closed = true;
            open = channel;
            underWay = dialing;
        }
        if (underWay != null) {
            underWay.cancel();
        }
        if (open != null) {
            open.close();
        }
    }

    private Socket view() throws SocketException {
        synchronized (lock) {
            requireOpen();
            if (channel == null) {
                throw new SocketException("Socket is not connected");
            }
            return channel.socket();
        }
    }

    private static SocketException socketException(@Nullable String message, Throwable cause) {
        SocketException exception = new SocketException(message);
        exception.initCause(cause);
        return exception;
    }

    private void requireOpen() throws SocketException {
        if (closed) {
            throw new SocketException("Socket closed");
        }
    }

    // ---- options

    @Override
    protected Set<SocketOption<?>> supportedOptions() {
        SocketChannel open;
        synchronized (lock) {
            open = channel;
        }
        if (open != null) {
            return open.supportedOptions();
        }
        try (SocketChannel scratch = SocketChannel.open()) {
            return scratch.supportedOptions();
        } catch (IOException e) {
            return Set.of();
        }
    }

    @Override
    protected <T> void setOption(SocketOption<T> name, T value) throws IOException {
        if (!supportedOptions().contains(name)) {
            throw new UnsupportedOperationException("'" + name + "' not supported");
        }
        synchronized (lock) {
            requireOpen();
            if (channel != null) {
                channel.setOption(name, value);
            } else {
                options.put(name, value);
                if (dialing != null) {
                    lateOptions.put(name, value);
                }
            }
        }
    }

    @Override
    @SuppressWarnings("unchecked") // put only together with a value of its type
    protected <T> T getOption(SocketOption<T> name) throws IOException {
        synchronized (lock) {
            requireOpen();
            if (channel != null) {
                return channel.getOption(name);
            }
            T set = (T) options.getOrDefault(name, dialer.options().get(name));
            if (set != null) {
                return set;
            }
        }
        // what the attempts' sockets will have from the system
        try (SocketChannel scratch = SocketChannel.open()) {
            return scratch.getOption(name);
        }
    }

    @Override
    public void setOption(int optionId, Object value) throws SocketException {
        try {
            switch (optionId) {
                case SocketOptions.SO_TIMEOUT -> setSoTimeout((Integer) value);
                case SocketOptions.SO_OOBINLINE -> setOobInline((Boolean) value);
                case SocketOptions.SO_LINGER ->
                    setOption(StandardSocketOptions.SO_LINGER, value instanceof Integer seconds ? seconds : -1);
                case SocketOptions.TCP_NODELAY -> setOption(StandardSocketOptions.TCP_NODELAY, (Boolean) value);
                case SocketOptions.SO_KEEPALIVE -> setOption(StandardSocketOptions.SO_KEEPALIVE, (Boolean) value);
                case SocketOptions.SO_REUSEADDR -> setOption(StandardSocketOptions.SO_REUSEADDR, (Boolean) value);
                case SocketOptions.SO_REUSEPORT -> setOption(StandardSocketOptions.SO_REUSEPORT, (Boolean) value);
                case SocketOptions.SO_SNDBUF -> setOption(StandardSocketOptions.SO_SNDBUF, (Integer) value);
                case SocketOptions.SO_RCVBUF -> setOption(StandardSocketOptions.SO_RCVBUF, (Integer) value);
                case SocketOptions.IP_TOS -> setOption(StandardSocketOptions.IP_TOS, (Integer) value);
                default -> throw new SocketException("unknown option " + optionId);
            }
        } catch (SocketException e) {
            throw e;
        } catch (IOException e) {
            throw socketException(e.getMessage(), e);
        }
    }

    @Override
    public Object getOption(int optionId) throws SocketException {
        try {
            return switch (optionId) {
                case SocketOptions.SO_TIMEOUT -> soTimeout();
                case SocketOptions.SO_OOBINLINE -> oobInline();
                case SocketOptions.SO_BINDADDR -> localAddress();
                case SocketOptions.SO_LINGER -> linger();
                case SocketOptions.TCP_NODELAY -> getOption(StandardSocketOptions.TCP_NODELAY);
                case SocketOptions.SO_KEEPALIVE -> getOption(StandardSocketOptions.SO_KEEPALIVE);
                case SocketOptions.SO_REUSEADDR -> getOption(StandardSocketOptions.SO_REUSEADDR);
                case SocketOptions.SO_REUSEPORT -> getOption(StandardSocketOptions.SO_REUSEPORT);
                case SocketOptions.SO_SNDBUF -> getOption(StandardSocketOptions.SO_SNDBUF);
                case SocketOptions.SO_RCVBUF -> getOption(StandardSocketOptions.SO_RCVBUF);
                case SocketOptions.IP_TOS -> getOption(StandardSocketOptions.IP_TOS);
                default -> throw new SocketException("unknown option " + optionId);
            };
        } catch (SocketException e) {
            throw e;
        } catch (IOException e) {
            throw socketException(e.getMessage(), e);
        }
    }

    private void setSoTimeout(int millis) throws SocketException {
        synchronized (lock) {
            requireOpen();
            soTimeoutMillis = millis;
            if (channel != null) {
                channel.socket().setSoTimeout(millis);
            }
        }
    }

    private Integer soTimeout() throws SocketException {
        synchronized (lock) {
            requireOpen();
            return soTimeoutMillis;
        }
    }

    private void setOobInline(boolean on) throws SocketException {
        synchronized (lock) {
            requireOpen();
            oobInline = on;
            if (channel != null) {
                channel.socket().setOOBInline(on);
            }
        }
    }

    private Boolean oobInline() throws SocketException {
        synchronized (lock) {
            requireOpen();
            return oobInline;
        }
    }

    /** {@link Socket} wants false where lingering is off. */
    private Object linger() throws IOException {
        Integer seconds = getOption(StandardSocketOptions.SO_LINGER);
        if (seconds < 0) {
            return false;
        }
        return seconds;
    }

    private InetAddress localAddress() throws IOException {
        synchronized (lock) {
            if (channel != null && channel.isOpen()) {
                return channel.socket().getLocalAddress();
            }
            return source != null ? source.getAddress() : new InetSocketAddress(0).getAddress();
        }
    }

    /** A dial under way, as {@link #close} sees it. */
    static final class Dialing {
        private boolean cancelled;
        private @Nullable Runnable stop;

        /** Has the dial begun; stops it at once when it was cancelled before. */
        void begun(Runnable stopDial) {
            boolean late;
            synchronized (this) {
                stop = stopDial;
                late = cancelled;
            }
            if (late) {
                stopDial.run();
            }
        }

        void cancel() {
            Runnable stopDial;
            synchronized (this) {
                cancelled = true;
                stopDial = stop;
            }
            if (stopDial != null) {
                stopDial.run();
            }
        }
    }
}
