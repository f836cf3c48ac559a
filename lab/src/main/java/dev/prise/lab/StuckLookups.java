package dev.prise.lab;

import dev.prise.DialFailure;
import dev.prise.DialResult;
import dev.prise.Dialer;
import dev.prise.address.ErrorCode;
import dev.prise.getaddrinfo.GetAddrInfoProvider;
import dev.prise.resolve.BlockingResolver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Dials more names that no name server ever answers than there are lookup threads, and then looks at what still works.
 *
 * <p>As a command, without arguments: for a network whose name server is silent, and for which the system waits longer than all of this
 * takes. A line {@code WHAT: VALUE} for each of
 *
 * <pre>{@code
 * failed       how many of the 70 dials have failed, all within their 500 ms
 * stuck        how many lookups are stuck then
 * threads      how many lookup threads there are then
 * localhost    connected, or why not; with the stuck lookups as they are
 * literal      the same for 127.0.0.1
 * another      the code and the sentence of one more name
 * took_ms      how long the last three took together
 * still_stuck  how many lookups are stuck at the end
 * }</pre>
 */
public final class StuckLookups {
    private static final int DIALS = 70;
    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final String THREADS = "prise-lookup-";

    private StuckLookups() {}

    /**
     * Does it.
     *
     * @param arguments none
     * @throws IOException if loopback has no port
     */
    public static void main(String[] arguments) throws IOException {
        BlockingResolver resolver = (BlockingResolver) new GetAddrInfoProvider().resolver();
        Dialer dialer = Dialer.builder().resolver(resolver).build();
        System.out.println(
                "failed: " + failures(dialer.toBuilder().deadline(DEADLINE).build()));
        System.out.println("stuck: " + resolver.abandonedLookups());
        System.out.println("threads: " + lookupThreads());
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress("::", 0)); // for IPv4 too
            long beginNanos = System.nanoTime();
            System.out.println("localhost: " + outcome(dialer, "localhost", server.getLocalPort()));
            System.out.println("literal: " + outcome(dialer, "127.0.0.1", server.getLocalPort()));
            System.out.println("another: " + outcome(dialer, "another.invalid", server.getLocalPort()));
            System.out.println("took_ms: " + (System.nanoTime() - beginNanos) / 1_000_000);
        }
        System.out.println("still_stuck: " + resolver.abandonedLookups());
    }

    private static int failures(Dialer dialer) {
        List<CompletableFuture<DialResult>> dials = new ArrayList<>();
        for (int i = 1; i <= DIALS; i++) {
            dials.add(dialer.dialAsync("silent" + i + ".invalid", 1));
        }
        int failed = 0;
        for (CompletableFuture<DialResult> dial : dials) {
            try {
                dial.join();
            } catch (CompletionException e) {
                failed += e.getCause() instanceof DialFailure ? 1 : 0;
            }
        }
        return failed;
    }

    private static String outcome(Dialer dialer, String host, int port) {
        try (DialResult result = dialer.dial(host, port)) {
            return result.channel().isConnected() ? "connected" : "not connected";
        } catch (IOException e) {
            ErrorCode code = e instanceof DialFailure failure ? failure.code() : ErrorCode.UNKNOWN;
            return code + " " + e.getMessage();
        }
    }

    private static long lookupThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(THREADS))
                .count();
    }
}
