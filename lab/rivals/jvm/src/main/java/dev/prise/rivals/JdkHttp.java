package dev.prise.rivals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@link HttpClient}. */
final class JdkHttp implements Client {

    @Override
    public String connect(String host, int port, @Nullable Duration timeout) throws IOException, InterruptedException {
        HttpClient.Builder builder = HttpClient.newBuilder();
        if (timeout != null) {
            builder.connectTimeout(timeout);
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(Client.url(host, port))).build();
        builder.build().send(request, BodyHandlers.discarding());
        return "unknown";
    }
}
