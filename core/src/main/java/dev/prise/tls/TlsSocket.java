package dev.prise.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A connection whose handshake is done, as a socket. What concerns the connection below is that one's. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // who it calls is thread-safe
final class TlsSocket extends SSLSocket {
    private static final String DONE = "the handshake is done";

    private final Socket below;
    private final SSLEngine engine;
    private final TlsStreams streams;
    private final String host;

    /**
     * The socket.
     *
     * @param channel connected and blocking
     * @param incoming what came from the peer and is not yet read by the engine
     * @param data what the engine has read and nobody else
     */
    TlsSocket(SocketChannel channel, SSLEngine engine, ByteBuffer incoming, ByteBuffer data, String host) {
        this.below = channel.socket();
        this.engine = engine;
        this.host = host;
        this.streams = new TlsStreams(channel, engine, incoming, data);
    }

    // ---- data

    @Override
    public InputStream getInputStream() throws IOException {
        requireOpen();
        if (streams.isInputShutdown()) {
            throw new SocketException("Socket input is shutdown");
        }
        return streams.input();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        requireOpen();
        if (streams.isOutputShutdown()) {
            throw new SocketException("Socket output is shutdown");
        }
        return streams.output();
    }

    private void requireOpen() throws SocketException {
        if (isClosed()) {
            throw new SocketException("Socket is closed");
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        requireOpen();
        streams.shutdownInput();
    }

    /** Sends close_notify; what the peer sends can be read on. */
    @Override
    public void shutdownOutput() throws IOException {
        requireOpen();
        streams.shutdownOutput();
    }

    /** Sends close_notify as far as that does not hold it up, and closes. */
    @Override
    public void close() throws IOException {
        streams.close();
    }

    @Override
    public boolean isClosed() {
        return below.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return streams.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return streams.isOutputShutdown();
    }

    @Override
    public void sendUrgentData(int data) throws IOException {
        throw new SocketException("TLS has no urgent data");
    }

    @Override
    public void setOOBInline(boolean on) throws SocketException {
        throw new SocketException("TLS has no urgent data");
    }

    @Override
    public boolean getOOBInline() throws SocketException {
        return false;
    }

    // ---- TLS

    @Override
    public SSLSession getSession() {
        return engine.getSession();
    }

    @Override
    public String getApplicationProtocol() {
        return engine.getApplicationProtocol();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return engine.getSSLParameters();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return engine.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return engine.getEnabledCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return engine.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return engine.getEnabledProtocols();
    }

    @Override
    public boolean getUseClientMode() {
        return true;
    }

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public boolean getEnableSessionCreation() {
        return engine.getEnableSessionCreation();
    }

    /** Nothing to do: it is done. */
    @Override
    public void startHandshake() {}

    /** Nobody is told of a handshake that is done. */
    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {}

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {}

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        throw new IllegalStateException(DONE);
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        throw new IllegalStateException(DONE);
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        throw new IllegalStateException(DONE);
    }

    @Override
    public void setUseClientMode(boolean mode) {
        throw new IllegalStateException(DONE);
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        throw new IllegalStateException(DONE);
    }

    @Override
    public void setWantClientAuth(boolean want) {
        throw new IllegalStateException(DONE);
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        throw new IllegalStateException(DONE);
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(BiFunction<SSLSocket, List<String>, String> selector) {
        throw new UnsupportedOperationException("only servers select");
    }

    // ---- the connection below

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        throw new SocketException("already connected");
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        throw new SocketException("already connected");
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        throw new SocketException("already bound");
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public InetAddress getInetAddress() {
        return below.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return below.getLocalAddress();
    }

    @Override
    public int getPort() {
        return below.getPort();
    }

    @Override
    public int getLocalPort() {
        return below.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return below.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return below.getLocalSocketAddress();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        below.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return below.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        below.setTcpNoDelay(on);
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return below.getTcpNoDelay();
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        below.setSoLinger(on, seconds);
    }

    @Override
    public int getSoLinger() throws SocketException {
        return below.getSoLinger();
    }

    @Override
    public void setSendBufferSize(int size) throws SocketException {
        below.setSendBufferSize(size);
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        return below.getSendBufferSize();
    }

    @Override
    public void setReceiveBufferSize(int size) throws SocketException {
        below.setReceiveBufferSize(size);
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return below.getReceiveBufferSize();
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        below.setKeepAlive(on);
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        return below.getKeepAlive();
    }

    @Override
    public void setTrafficClass(int trafficClass) throws SocketException {
        below.setTrafficClass(trafficClass);
    }

    @Override
    public int getTrafficClass() throws SocketException {
        return below.getTrafficClass();
    }

    @Override
    public void setReuseAddress(boolean on) throws SocketException {
        below.setReuseAddress(on);
    }

    @Override
    public boolean getReuseAddress() throws SocketException {
        return below.getReuseAddress();
    }

    @Override
    public <T> Socket setOption(SocketOption<T> name, T value) throws IOException {
        below.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return below.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return below.supportedOptions();
    }

    @Override
    public String toString() {
        return "TlsSocket[" + host + ", " + below.getRemoteSocketAddress() + ", "
                + engine.getSession().getProtocol() + "]";
    }
}
