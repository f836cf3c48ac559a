package dev.prise;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Virtual threads where this Java has them (21 and later); elsewhere platform threads in their place, saying so once. */
final class VirtualThreads {
    private static final boolean AVAILABLE = Runtime.version().feature() >= 21;

    static {
        if (!AVAILABLE) {
            System.out.println("Left out: virtual threads, because this is Java "
                    + Runtime.version().feature() + "; platform threads stand in for them");
        }
    }

    private VirtualThreads() {}

    static boolean available() {
        return AVAILABLE;
    }

    static Thread start(Runnable body) {
        if (!AVAILABLE) {
            Thread thread = new Thread(body);
            thread.start();
            return thread;
        }
        try {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            return (Thread) start.invoke(null, body);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("no virtual threads", e);
        }
    }
}
