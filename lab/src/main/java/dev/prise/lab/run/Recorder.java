package dev.prise.lab.run;

import dev.prise.lab.net.Packet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** Turns the packets of one run into an {@link Observation}. Thread-safe. */
final class Recorder {
    private final String scenario;
    private final String client;
    private final Map<Packet.Endpoint, String> names = new HashMap<>();
    private final List<Packet> packets = new ArrayList<>();
    private Runnable onFirst = () -> {};

    Recorder(String scenario, String client) {
        this.scenario = scenario;
        this.client = client;
    }

    /** What a server of the run is called. */
    synchronized void name(Packet.Endpoint server, String name) {
        names.put(server, name);
    }

    synchronized void add(Packet packet) {
        packets.add(packet);
        if (packets.size() == 1) {
            onFirst.run();
        }
    }

    /** Forgets what has passed so far. */
    synchronized void forget() {
        packets.clear();
        onFirst = () -> {};
    }

    /** Has something run at the first packet, at once when that has come. */
    synchronized void onFirst(Runnable action) {
        onFirst = action;
        if (!packets.isEmpty()) {
            action.run();
        }
    }

    /**
     * The whole story.
     *
     * @param startedNanos when the client was started, for one that sent nothing
     * @param endedNanos when it ended, in nanoseconds since 1970
     */
    synchronized Observation observation(long startedNanos, long endedNanos, @Nullable Integer exit, String says) {
        Story story =
                new Story(packets.isEmpty() ? startedNanos : packets.getFirst().atNanos());
        packets.forEach(story::tell);
        story.events.addFirst(new Observation.Event("start", 0));
        double ended = story.millis(endedNanos);
        story.events.add(new Observation.Event("end", ended));
        return new Observation(scenario, client, story.connectedMillis, story.winner, exit, ended, says, story.events);
    }

    /** Events so far. */
    private final class Story {
        private final long zeroNanos;
        private final List<Observation.Event> events = new ArrayList<>();
        private final Set<String> flows = new HashSet<>();
        private final Set<String> accepted = new HashSet<>();
        private final Set<String> standing = new HashSet<>();
        private @Nullable Double connectedMillis;
        private @Nullable String winner;

        Story(long zeroNanos) {
            this.zeroNanos = zeroNanos;
        }

        double millis(long atNanos) {
            return Math.round((atNanos - zeroNanos) / 1e3) / 1e3;
        }

        void tell(Packet packet) {
            switch (packet) {
                case Packet.Dns dns -> add(dns, (dns.isAnswer() ? "answer " : "query ") + Type.string(dns.type()));
                case Packet.Icmp icmp ->
                    add(icmp, "icmp %d/%d %s".formatted(icmp.type(), icmp.code(), nameOf(icmp.destination())));
                case Packet.Segment segment -> tell(segment);
                case Packet.Marker marker -> {}
            }
        }

        private void tell(Packet.Segment segment) {
            boolean outgoing = names.containsKey(segment.destination());
            Packet.Endpoint ours = outgoing ? segment.source() : segment.destination();
            String address = nameOf(outgoing ? segment.destination() : segment.source());
            String flow = address + " " + ours.port();
            if (segment.isSyn()) {
                add(segment, (flows.add(flow) ? "syn " : "again ") + address);
            } else if (segment.isSynAck()) {
                if (accepted.add(flow)) {
                    add(segment, "accepted " + address);
                }
            } else if (!outgoing && segment.isReset()) {
                add(segment, "refused " + address);
            } else if (outgoing && segment.isAck() && accepted.contains(flow) && standing.add(flow)) {
                add(segment, "connected " + address);
                if (connectedMillis == null) {
                    connectedMillis = millis(segment.atNanos());
                    winner = address;
                }
            }
        }

        private void add(Packet packet, String what) {
            events.add(new Observation.Event(what, millis(packet.atNanos())));
        }

        private String nameOf(Packet.Endpoint server) {
            return names.getOrDefault(server, server.address().getHostAddress());
        }
    }
}
