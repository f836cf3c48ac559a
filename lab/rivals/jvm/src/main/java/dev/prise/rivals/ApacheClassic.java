package dev.prise.rivals;

import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.jspecify.annotations.Nullable;

/** Apache HttpClient, the blocking one. */
final class ApacheClassic implements Client {

    @Override
    public String connect(String host, int port, @Nullable Duration timeout) throws IOException {
        HttpClientBuilder builder = HttpClientBuilder.create();
        if (timeout != null) {
            builder.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                    .setDefaultConnectionConfig(Apache.connectionConfig(timeout))
                    .build());
        }
        HttpClientContext context = HttpClientContext.create();
        try (CloseableHttpClient client = builder.build()) {
            return client.execute(new HttpGet(Client.url(host, port)), context, response -> Apache.peer(context));
        }
    }
}
