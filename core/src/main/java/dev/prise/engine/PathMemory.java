package dev.prise.engine;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.race.KnownPath;
import dev.prise.race.Lesson;
import dev.prise.race.PathHistory;
import java.net.InetAddress;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A {@link PathHistory} that dials share, with its clock and the present network. Thread-safe; no method blocks for long. */
public final class PathMemory {
    private final LongSupplier nanoClock;
    private final LongSupplier epochMillisClock;
    private final Supplier<@Nullable Long> network;

    /** Guarded by itself. */
    private final PathHistory history;

    /** One that is empty, with the clocks and the network of this machine. */
    public PathMemory() {
        this(System::nanoTime, System::currentTimeMillis, NetworkFingerprint::current, System.nanoTime());
    }

    /**
     * One that is empty.
     *
     * @param network the present network's fingerprint, null when it is not known
     * @param seed as for {@link PathHistory}
     */
    public PathMemory(
            LongSupplier nanoClock, LongSupplier epochMillisClock, Supplier<@Nullable Long> network, long seed) {
        this.nanoClock = nanoClock;
        this.epochMillisClock = epochMillisClock;
        this.network = network;
        this.history = new PathHistory(seed);
    }

    /** As {@link PathHistory#beginDial}. */
    boolean beginDial() {
        synchronized (history) {
            return history.beginDial();
        }
    }

    /** The present network, null when it is not known. */
    @Nullable
    Long network() {
        return network.get();
    }

    /** Whether there is anything to ask for. */
    boolean isEmpty() {
        synchronized (history) {
            return history.isEmpty();
        }
    }

    @Nullable
    AddressFamily demotedFamily() {
        synchronized (history) {
            if (!history.mayDemote()) {
                return null;
            }
        }
        Long present = network();
        if (present == null || present == NetworkFingerprint.NO_NETWORK) {
            return null;
        }
        synchronized (history) {
            return history.demotedFamily(present, nanoClock.getAsLong());
        }
    }

    /** Without a network there is nothing to remember but of this machine itself, which is the same everywhere. */
    private static boolean isRemembered(long present, AddressInfo address) {
        InetAddress inet = address.inetAddress();
        return present != NetworkFingerprint.NO_NETWORK || (inet != null && inet.isLoopbackAddress());
    }

    KnownPath path(long present, AddressInfo address) {
        if (!isRemembered(present, address)) {
            return KnownPath.NONE;
        }
        synchronized (history) {
            return history.path(present, address, nanoClock.getAsLong());
        }
    }

    void learn(long present, AddressInfo address, Lesson lesson) {
        if (!isRemembered(present, address)) {
            return;
        }
        synchronized (history) {
            history.learn(present, address, lesson, nanoClock.getAsLong());
        }
    }

    void lostToOtherFamily(long present, AddressInfo loser) {
        if (!isRemembered(present, loser)) {
            return;
        }
        synchronized (history) {
            history.lostToOtherFamily(present, loser, nanoClock.getAsLong());
        }
    }

    /** As {@link PathHistory#toText}. */
    public String toText(int mostEntries) {
        synchronized (history) {
            return history.toText(nanoClock.getAsLong(), epochMillisClock.getAsLong(), mostEntries);
        }
    }

    /** As {@link PathHistory#addText}. */
    public void addText(String text) {
        synchronized (history) {
            history.addText(text, nanoClock.getAsLong(), epochMillisClock.getAsLong());
        }
    }
}
