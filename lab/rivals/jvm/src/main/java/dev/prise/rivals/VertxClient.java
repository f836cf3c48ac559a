package dev.prise.rivals;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Vert.x's {@code NetClient}. */
final class VertxClient implements Client {

    @Override
    public String connect(String host, int port, @Nullable Duration timeout)
            throws ExecutionException, InterruptedException {
        NetClientOptions options = new NetClientOptions();
        if (timeout != null) {
            options.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
        }
        NetSocket socket = Vertx.vertx()
                .createNetClient(options)
                .connect(port, host)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        String address = socket.remoteAddress().hostAddress();
        socket.close().toCompletionStage().toCompletableFuture().get();
        return address;
    }
}
