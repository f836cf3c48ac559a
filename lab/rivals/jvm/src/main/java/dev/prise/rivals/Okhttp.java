package dev.prise.rivals;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Connection;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** OkHttp. */
final class Okhttp implements Client {

    @Override
    public String connect(String host, int port, @Nullable Duration timeout) throws IOException {
        AtomicReference<String> address = new AtomicReference<>("unknown");
        OkHttpClient.Builder builder = new OkHttpClient.Builder().addNetworkInterceptor(chain -> {
            Connection connection = chain.connection();
            if (connection != null) {
                address.set(connection.socket().getInetAddress().getHostAddress());
            }
            return chain.proceed(chain.request());
        });
        if (timeout != null) {
            builder.connectTimeout(timeout);
        }
        Request request = new Request.Builder().url(Client.url(host, port)).build();
        builder.build().newCall(request).execute().close();
        return address.get();
    }
}
