package dev.prise.rivals;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.jspecify.annotations.Nullable;

/** Apache HttpClient, the asynchronous one. */
final class ApacheAsync implements Client {

    @Override
    public String connect(String host, int port, @Nullable Duration timeout)
            throws ExecutionException, InterruptedException {
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create();
        if (timeout != null) {
            builder.setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                    .setDefaultConnectionConfig(Apache.connectionConfig(timeout))
                    .build());
        }
        HttpClientContext context = HttpClientContext.create();
        SimpleHttpRequest request =
                SimpleRequestBuilder.get(Client.url(host, port)).build();
        CloseableHttpAsyncClient client = builder.build();
        client.start();
        client.execute(request, context, null).get();
        return Apache.peer(context);
    }
}
