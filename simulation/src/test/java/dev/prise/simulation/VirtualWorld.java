package dev.prise.simulation;

import dev.prise.contract.ContractWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

/** Addresses and a clock that exist in memory only. Not thread-safe. */
final class VirtualWorld implements ContractWorld {
    private final List<Kind> kinds;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::order));
    private final Set<VirtualSocket> open = new HashSet<>();
    private final Map<Integer, VirtualSocket> letThrough = new HashMap<>();
    private long now;
    private long tasksMade;

    /** Something that will happen. */
    private record Task(long atNanos, long order, Runnable work) {}

    /** A socket, from its opening to its closing. */
    final class VirtualSocket {
        final InetAddress address;
        private final Runnable connected;

        private VirtualSocket(InetAddress address, Runnable connected) {
            this.address = address;
            this.connected = connected;
        }

        void close() {
            open.remove(this);
        }
    }

    VirtualWorld(Kind... kinds) {
        this.kinds = List.of(kinds);
    }

    long now() {
        return now;
    }

    /** Opens a socket and begins to connect it; one of the two is run when that has ended, unless nothing answers. */
    VirtualSocket connect(InetAddress address, Runnable connected, Runnable refused) {
        VirtualSocket socket = new VirtualSocket(address, connected);
        open.add(socket);
        int index = address.getAddress()[3] - 1;
        switch (kinds.get(index)) {
            case ACCEPTS -> at(now, connected);
            case REFUSES -> at(now, refused);
            case HOLE -> {}
        }
        return socket;
    }

    /** Goes on to the next thing that happens, or to this time if that is earlier, and does all that is due. */
    void advance(long untilNanos) {
        Task next = tasks.peek();
        now = Math.max(now, next == null ? untilNanos : Math.min(untilNanos, next.atNanos));
        List<Task> due = new ArrayList<>();
        for (Task task = tasks.peek(); task != null && task.atNanos <= now; task = tasks.peek()) {
            due.add(tasks.remove());
        }
        due.forEach(task -> task.work.run());
    }

    private void at(long atNanos, Runnable work) {
        tasks.add(new Task(atNanos, tasksMade++, work));
    }

    // ---- as the contract sees it

    @Override
    public InetAddress address(int index) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (index + 1)});
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public int port() {
        return 27015;
    }

    @Override
    public void letThrough(int... indexes) {
        for (int index : indexes) {
            VirtualSocket socket = open.stream()
                    .filter(each -> each.address.equals(address(index)))
                    .findAny()
                    .orElseThrow();
            letThrough.put(index, socket);
            at(now, socket.connected);
        }
    }

    @Override
    public void awaitClosedByClient(int index) {
        if (open.contains(Objects.requireNonNull(letThrough.get(index)))) {
            throw new AssertionError("still open");
        }
    }

    @Override
    public long countOpen() {
        return open.size();
    }

    @Override
    public void awaitOpen(long before) {
        if (open.size() > before) {
            throw new AssertionError(open.size() + " sockets are open, " + before + " were");
        }
    }

    @Override
    public void later(Runnable work) {
        at(now + 5 * Millis.MILLI, work);
    }

    @Override
    public void close() {}
}
