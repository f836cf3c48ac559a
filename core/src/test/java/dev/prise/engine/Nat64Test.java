package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.address.Nat64Prefix;
import dev.prise.race.Candidate;
import dev.prise.race.KnownPath;
import dev.prise.race.SourceAddress;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 7050, RFC 8305 section 7 and v3 section 8: when the prefix is asked for, how long it holds, and what waits for it. */
@Timeout(60)
class Nat64Test {
    private static final long SECOND = 1_000_000_000L;
    private static final List<AddressInfo> LITERAL = List.of(at("1.2.3.4"));

    private final Question resolver = new Question();
    private byte @Nullable [] network = {1};
    private long now = Long.MAX_VALUE - 100 * SECOND; // so that it runs over
    private final Nat64 nat64 = new Nat64(resolver, new Machine(), 60_000);

    /** This test's own. */
    private final class Machine implements Nat64.World {
        @Override
        public byte @Nullable [] network() {
            return network;
        }

        @Override
        public long nanoTime() {
            return now;
        }
    }

    /** Remembers who asks. */
    private static final class Question implements Resolver {
        final List<ResolveSink> sinks = new ArrayList<>();
        int cancelled;

        @Override
        public String name() {
            return "question";
        }

        @Override
        public Lookup resolve(ResolveQuery query, ResolveSink sink) {
            assertThat(query).isEqualTo(new ResolveQuery(Nat64Prefix.WELL_KNOWN_NAME, AddressFamily.INET6));
            sinks.add(sink);
            return () -> cancelled++;
        }

        ResolveSink latest() {
            return sinks.get(sinks.size() - 1);
        }
    }

    /** Writes down what it is told. */
    private static final class Told implements ResolveSink {
        final List<String> lines = new ArrayList<>();
        final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public void answer(List<InetAddress> addresses, @Nullable Duration ttl) {
            lines.add(addresses.stream().map(InetAddress::getHostAddress).toList() + " " + ttl);
        }

        @Override
        public void removed(List<InetAddress> addresses) {
            lines.add("without "
                    + addresses.stream().map(InetAddress::getHostAddress).toList());
        }

        @Override
        public void end() {
            lines.add("end");
            ended.countDown();
        }

        @Override
        public void fail(ErrorCode code, String message) {
            lines.add(code + " " + message);
            ended.countDown();
        }
    }

    private static InetAddress inet(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static List<InetAddress> inets(String... texts) {
        return Stream.of(texts).map(Nat64Test::inet).toList();
    }

    private static AddressInfo at(String text) {
        return AddressInfo.stream(new InetSocketAddress(inet(text), 80));
    }

    private List<Nat64Prefix> prefixes() {
        return nat64.prefixesFor(LITERAL, true);
    }

    private void found(@Nullable Duration ttl) {
        resolver.latest().lastAnswer(inets("64:ff9b::c000:aa"), ttl);
    }

    @Test
    @DisplayName("nothing is asked where there is IPv4, nor for what no NAT64 translates")
    void notAsked() {
        network = null;
        nat64.prepare();
        assertThat(prefixes()).isEmpty();
        assertThat(nat64.isBeingFoundFor(LITERAL)).isFalse();
        network = new byte[] {1};
        for (String literal : List.of("127.0.0.1", "169.254.1.1", "0.0.0.0", "64:ff9b::1", "2001:db8::1")) {
            assertThat(nat64.isBeingFoundFor(List.of(at(literal)))).isFalse();
            assertThat(nat64.prefixesFor(List.of(at(literal)), false)).isEmpty();
        }
        assertThat(resolver.sinks).isEmpty();
    }

    @Test
    @DisplayName("asked once, whoever wants it; the answer holds five minutes in its network")
    void holds() {
        nat64.prepare();
        assertThat(prefixes()).isEmpty();
        assertThat(nat64.isBeingFoundFor(LITERAL)).isTrue();
        found(null);
        now += 299 * SECOND;
        assertThat(prefixes()).containsExactly(Nat64Prefix.WELL_KNOWN);
        assertThat(nat64.isBeingFoundFor(LITERAL)).isFalse();
        assertThat(resolver.sinks).hasSize(1);
        now += SECOND;
        assertThat(prefixes()).isEmpty();
        assertThat(resolver.sinks).hasSize(2);
        found(null);
        network = new byte[] {2};
        assertThat(prefixes()).isEmpty();
        assertThat(resolver.sinks).hasSize(3);
    }

    @Test
    @DisplayName("a record's own time counts from a minute up to five")
    void timeOfTheRecord() {
        for (long[] secondsAndHolds : new long[][] {{1, 60}, {120, 120}, {86_400, 300}, {Long.MAX_VALUE, 300}}) {
            nat64.prepare();
            found(Duration.ofSeconds(secondsAndHolds[0]));
            now += (secondsAndHolds[1] - 1) * SECOND;
            assertThat(prefixes()).isNotEmpty();
            now += SECOND;
            assertThat(prefixes()).isEmpty();
            found(null);
            now += 300 * SECOND;
        }
    }

    @Test
    @DisplayName("that there is none, or that nobody knows, holds half a minute")
    void none() {
        nat64.prepare();
        resolver.latest().end();
        assertThat(prefixes()).isEmpty();
        now += 29 * SECOND;
        assertThat(nat64.isBeingFoundFor(LITERAL)).isFalse();
        assertThat(resolver.sinks).hasSize(1);
        now += SECOND;
        assertThat(nat64.isBeingFoundFor(LITERAL)).isTrue();
        resolver.latest().fail(ErrorCode.TRY_AGAIN, "no server");
        assertThat(nat64.isBeingFoundFor(LITERAL)).isFalse();
        assertThat(resolver.sinks).hasSize(2);
    }

    @Test
    @DisplayName("while it is being found IPv6 passes, IPv4 waits, and the end waits for IPv4")
    void held() {
        Told told = new Told();
        ResolveSink sink = nat64.holding(told);
        sink.answer(inets("1.2.3.4", "2001:db8::1"), Duration.ofSeconds(9));
        sink.answer(inets("1.2.3.5"), null);
        sink.removed(inets("1.2.3.4"));
        sink.answer(inets("2001:db8::2"), null);
        sink.end();
        assertThat(told.lines).containsExactly("[2001:db8:0:0:0:0:0:1] PT9S", "[2001:db8:0:0:0:0:0:2] null");
        told.lines.clear();
        found(null);
        assertThat(told.lines).containsExactly("[1.2.3.4] PT9S", "[1.2.3.5] null", "without [1.2.3.4]", "end");
        Told next = new Told();
        nat64.holding(next).lastAnswer(inets("1.2.3.4", "2001:db8::1"), null);
        assertThat(next.lines).containsExactly("[1.2.3.4, 2001:db8:0:0:0:0:0:1] null", "end");
    }

    @Test
    @DisplayName("a failure waits for what is held, and nothing is held where there is IPv4")
    void heldFailure() {
        Told told = new Told();
        ResolveSink sink = nat64.holding(told);
        sink.answer(inets("1.2.3.4"), null);
        sink.fail(ErrorCode.TRY_AGAIN, "no server");
        assertThat(told.lines).isEmpty();
        resolver.latest().end();
        assertThat(told.lines).containsExactly("[1.2.3.4] null", "TRY_AGAIN no server");
        network = null;
        Told next = new Told();
        nat64.holding(next).lastAnswer(inets("1.2.3.4"), null);
        assertThat(next.lines).containsExactly("[1.2.3.4] null", "end");
    }

    @Test
    @DisplayName("a lookup of the prefix that nobody answers is given up, and what was held goes on")
    void givenUp() throws InterruptedException {
        Nat64 impatient = new Nat64(resolver, new Machine(), 1);
        Told told = new Told();
        impatient.holding(told).lastAnswer(inets("1.2.3.4"), null);
        told.ended.await();
        assertThat(told.lines).containsExactly("[1.2.3.4] null", "end");
        assertThat(impatient.prefixesFor(LITERAL, true)).isEmpty();
        assertThat(resolver.sinks).hasSize(1);
    }

    @Test
    @DisplayName(
            "translated: IPv4 through the prefix, IPv6 of the prefix as IPv4, its own way first, all else as it is")
    void translation() {
        List<Nat64Prefix> prefixes = List.of(Nat64Prefix.WELL_KNOWN);
        SourceAddress six = SourceAddress.of(inet("2001:db8::9"));
        SourceAddress four = SourceAddress.of(inet("10.0.0.9"));
        assertThat(Nat64.translated(at("1.2.3.4"), prefixes, each -> isSix(each) ? six : null))
                .isEqualTo(new Candidate(at("1.2.3.4"), six, KnownPath.NONE, at("64:ff9b::102:304")));
        assertThat(Nat64.translated(at("64:ff9b::a00:1"), prefixes, each -> isSix(each) ? six : null))
                .isEqualTo(new Candidate(at("10.0.0.1"), six, KnownPath.NONE, at("64:ff9b::a00:1")));
        assertThat(Nat64.translated(at("64:ff9b::a00:1"), prefixes, each -> isSix(each) ? six : four))
                .isEqualTo(new Candidate(at("10.0.0.1"), inet("10.0.0.9")));
        for (String plain : List.of("10.0.0.1", "2001:db8::1", "127.0.0.1", "64:ff9b::7f00:1")) {
            assertThat(Nat64.translated(at(plain), prefixes, each -> null)).isNull();
        }
        assertThat(Nat64.translated(at("1.2.3.4"), List.of(), each -> null)).isNull();
    }

    private static boolean isSix(AddressInfo address) {
        return address.family() == AddressFamily.INET6;
    }
}
