package dev.prise.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * OkHttp's way to a connected socket: a call that ends when it has one.
 *
 * <p>A network interceptor runs when the connection is there and before anything is written; it has the socket closed with a reset and
 * ends the call. No connection is kept, so that each call makes one. OkHttp has no smaller way: it includes making a request and a call.
 */
final class OkHttpConnect implements Repeat.Once {
    private final OkHttpClient client;
    private final Request request;

    /**
     * A client of its own.
     *
     * @param addresses of the host; empty when it is a literal
     */
    OkHttpConnect(String host, int port, List<InetAddress> addresses) {
        client = new OkHttpClient.Builder()
                .fastFallback(true)
                .retryOnConnectionFailure(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                .dns(name -> addresses)
                .addNetworkInterceptor(OkHttpConnect::connected)
                .build();
        request = new Request.Builder().url("http://" + host + ":" + port + "/").build();
    }

    /** The end of a call; without a stack trace, which OkHttp would not have to pay for. */
    private static final class Connected extends IOException {
        private static final long serialVersionUID = 1;

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    private static Response connected(Interceptor.Chain chain) throws IOException {
        var connection = chain.connection();
        if (connection == null) {
            throw new SocketException("no connection");
        }
        connection.socket().setSoLinger(true, 0);
        connection.socket().close();
        throw new Connected();
    }

    @Override
    public void once() throws IOException {
        Call call = client.newCall(request);
        try (Response response = call.execute()) {
            throw new IllegalStateException("not ended by the interceptor: " + response);
        } catch (Connected e) {
            // as it should be
        }
    }
}
