package dev.prise.tls;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLSession;

/**
 * An engine that passes bytes through as they are, and lets none out before the peer has answered, as engines of other providers may while
 * new keys are agreed on.
 */
final class UnansweredEngine extends SSLEngine {
    private static final int MOST_AT_ONCE = 1 << 14;

    /** How often somebody has wanted to send something. */
    final AtomicInteger wraps = new AtomicInteger();

    volatile boolean answered;

    /** What happens just before who reads turns to the socket. */
    volatile Runnable beforeReading = () -> {};

    private final SSLSession session;
    private volatile boolean closing;

    UnansweredEngine() throws Exception {
        session = SSLContext.getDefault().createSSLEngine().getSession();
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int from, int count, ByteBuffer out) {
        wraps.incrementAndGet();
        if (closing) {
            out.put((byte) '.');
            return new SSLEngineResult(SSLEngineResult.Status.CLOSED, getHandshakeStatus(), 0, 1);
        }
        int bytes = answered ? pass(sources[from], out) : 0;
        return new SSLEngineResult(SSLEngineResult.Status.OK, getHandshakeStatus(), bytes, bytes);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer in, ByteBuffer[] targets, int from, int count) {
        if (!in.hasRemaining()) {
            beforeReading.run();
            return new SSLEngineResult(SSLEngineResult.Status.BUFFER_UNDERFLOW, getHandshakeStatus(), 0, 0);
        }
        if (targets[from].remaining() < MOST_AT_ONCE) {
            return new SSLEngineResult(SSLEngineResult.Status.BUFFER_OVERFLOW, getHandshakeStatus(), 0, 0);
        }
        int bytes = pass(in, targets[from]);
        return new SSLEngineResult(SSLEngineResult.Status.OK, getHandshakeStatus(), bytes, bytes);
    }

    private static int pass(ByteBuffer in, ByteBuffer out) {
        int bytes = Math.min(MOST_AT_ONCE, Math.min(in.remaining(), out.remaining()));
        out.put(in.slice().limit(bytes));
        in.position(in.position() + bytes);
        return bytes;
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return answered ? HandshakeStatus.NOT_HANDSHAKING : HandshakeStatus.NEED_UNWRAP;
    }

    @Override
    public void closeOutbound() {
        closing = true;
    }

    @Override
    public boolean isOutboundDone() {
        return false;
    }

    @Override
    public boolean isInboundDone() {
        return false;
    }

    @Override
    public SSLSession getSession() {
        return session;
    }

    @Override
    public Runnable getDelegatedTask() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void closeInbound() {}

    @Override
    public void beginHandshake() {}

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return new String[0];
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {}

    @Override
    public String[] getSupportedProtocols() {
        return new String[0];
    }

    @Override
    public String[] getEnabledProtocols() {
        return new String[0];
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {}

    @Override
    public void setUseClientMode(boolean mode) {}

    @Override
    public boolean getUseClientMode() {
        return true;
    }

    @Override
    public void setNeedClientAuth(boolean need) {}

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {}

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {}

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
