package dev.prise.rivals;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs one client once. Exit status: 0 connected, 1 not, 2 wrong usage. */
final class Rival {
    private static final String USAGE = "usage: Rival NAME HOST PORT [TIMEOUT_MS] | Rival NAME --version";

    private Rival() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2 && arguments[1].equals("--version")) {
            System.out.println(version(arguments[0]));
            System.exit(0);
        }
        if (arguments.length < 3 || arguments.length > 4) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Duration timeout = arguments.length < 4 ? null : Duration.ofMillis(Long.parseLong(arguments[3]));
        // The clients' threads may go on for a while; nobody waits for them.
        System.exit(run(arguments[0], arguments[1], Integer.parseInt(arguments[2]), timeout));
    }

    private static int run(String name, String host, int port, @Nullable Duration timeout) {
        try {
            System.out.println("connected " + client(name).connect(host, port, timeout));
            return 0;
        } catch (Exception failure) {
            Throwable cause = unwrapped(failure);
            String message = String.valueOf(cause.getMessage()).replace('\n', ' ');
            System.err.println("failed: " + cause.getClass().getName() + ": " + message);
            return 1;
        }
    }

    private static Client client(String name) {
        return switch (name) {
            case "jdk-socket" -> new JdkSocket();
            case "jdk-http" -> new JdkHttp();
            case "okhttp" -> new Okhttp();
            case "apache-classic" -> new ApacheClassic();
            case "apache-async" -> new ApacheAsync();
            case "netty" -> new Netty(null);
            case "netty-dns" -> new Netty(Netty.dns());
            case "vertx" -> new VertxClient();
            default -> throw new IllegalArgumentException("there is no client " + name);
        };
    }

    private static String version(String name) throws IOException {
        String library = name.replaceFirst("-.*", "");
        if (library.equals("jdk")) {
            return System.getProperty("java.version");
        }
        Properties versions = new Properties();
        try (InputStream in = Rival.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        }
        return versions.getProperty(library, "unknown");
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean wrapped = failure instanceof ExecutionException || failure instanceof CompletionException;
        return wrapped && failure.getCause() != null ? failure.getCause() : failure;
    }
}
