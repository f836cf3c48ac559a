package dev.prise.tls;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where handshakes compute and check certificates: as many daemon threads as there are
 * processors, but at least four, since a check may ask others whether a certificate is revoked; none when nothing is to do. */
final class TlsTasks {
    private static final int MOST_THREADS = Math.max(4, Runtime.getRuntime().availableProcessors());
    private static final long IDLE_SECONDS = 5;

    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final ThreadPoolExecutor POOL = pool();

    private TlsTasks() {}

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "prise-tls-" + THREADS.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Runs it soon on a thread that may compute and block for a while. */
    static void execute(Runnable work) {
        POOL.execute(work);
    }
}
