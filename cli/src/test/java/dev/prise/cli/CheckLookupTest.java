package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.DialListener;
import dev.prise.Target;
import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.resolve.ResolveQuery;
import dev.prise.resolve.ResolveSink;
import dev.prise.resolve.Resolver;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import dev.prise.trace.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckLookupTest {
    private static final Target TARGET = Target.of("host.example", 80);

    /** Answers when the test says so, per family. */
    private static final class ByHand implements Resolver {
        private final Map<AddressFamily, ResolveSink> sinks = new EnumMap<>(AddressFamily.class);
        private int cancelled;

        @Override
        public String name() {
            return "by hand";
        }

        @Override
        public List<AddressFamily> lookups(AddressFamily family) {
            return family == AddressFamily.UNSPEC ? List.of(AddressFamily.INET6, AddressFamily.INET) : List.of(family);
        }

        @Override
        public Lookup resolve(ResolveQuery query, ResolveSink sink) {
            sinks.put(query.family(), sink);
            return () -> cancelled++;
        }

        ResolveSink six() {
            return sinks.get(AddressFamily.INET6);
        }

        ResolveSink four() {
            return sinks.get(AddressFamily.INET);
        }
    }

    /** Keeps the addresses. */
    private static final class Told implements ResolveSink {
        private final List<InetAddress> addresses = new ArrayList<>();

        @Override
        public void answer(List<InetAddress> more, @Nullable Duration ttl) {
            addresses.addAll(more);
        }

        @Override
        public void end() {}

        @Override
        public void fail(ErrorCode code, String message) {
            throw new AssertionError(message);
        }
    }

    private final ByHand resolver = new ByHand();
    private final List<String> ends = new ArrayList<>();

    private CheckLookup begin(AddressFamily wanted) {
        return CheckLookup.begin(TARGET, resolver, wanted, () -> ends.add("ended"));
    }

    private static InetAddress address(String text) {
        return CheckResults.info(text).inetAddress();
    }

    private static List<String> texts(CheckLookup lookup) {
        return lookup.addresses().stream().map(AddressInfo::toString).toList();
    }

    @Test
    void endsWithTheLastFamilyAndHasEachAddressOnce() {
        CheckLookup lookup = begin(AddressFamily.UNSPEC);
        resolver.four().answer(List.of(address("192.0.2.1"), address("192.0.2.2")), null);
        resolver.four().lastAnswer(List.of(address("192.0.2.1")), null);
        assertThat(ends).isEmpty();
        resolver.six().lastAnswer(List.of(address("2001:db8::1")), null);
        assertThat(ends).hasSize(1);
        assertThat(texts(lookup)).containsExactly("[2001:db8::1]:80", "192.0.2.1:80", "192.0.2.2:80");
        assertThat(lookup.failures()).isEmpty();
    }

    @Test
    void aFamilyThatBreaksIsAResultOfItsOwn() {
        CheckLookup lookup = begin(AddressFamily.UNSPEC);
        resolver.four().lastAnswer(List.of(address("192.0.2.1")), null);
        resolver.six().fail(ErrorCode.NO_RECOVERY, "broken");
        assertThat(lookup.failures()).singleElement().satisfies(trace -> {
            CheckResult result = CheckResult.of("host.example", null, trace, null);
            assertThat(result.family()).isEqualTo(AddressFamily.INET6);
            assertThat(result.connected()).isFalse();
            assertThat(result.verdict().kind()).isEqualTo(Verdict.Kind.LOOKUP_FAILED);
        });
    }

    @Test
    void aFamilyWithoutAddressesIsNothing() {
        CheckLookup lookup = begin(AddressFamily.UNSPEC);
        resolver.six().end();
        resolver.four().lastAnswer(List.of(address("192.0.2.1")), null);
        assertThat(lookup.failures()).isEmpty();
        CheckLookup other = begin(AddressFamily.UNSPEC);
        resolver.six().fail(ErrorCode.HOST_NOT_FOUND, "not known");
        resolver.four().lastAnswer(List.of(address("192.0.2.1")), null);
        assertThat(other.failures()).isEmpty();
    }

    @Test
    void withoutAnyAddressThereIsOneResult() {
        CheckLookup empty = begin(AddressFamily.UNSPEC);
        resolver.six().end();
        resolver.four().end();
        assertThat(empty.addresses()).isEmpty();
        assertThat(kindOf(empty)).isEqualTo(Verdict.Kind.NAME_WITHOUT_ADDRESS);
        CheckLookup unknown = begin(AddressFamily.UNSPEC);
        resolver.six().fail(ErrorCode.HOST_NOT_FOUND, "not known");
        resolver.four().fail(ErrorCode.TRY_AGAIN, "again");
        assertThat(kindOf(unknown)).isEqualTo(Verdict.Kind.NAME_UNKNOWN);
        assertThat(unknown.failures().get(0).lookups()).hasSize(2);
    }

    private static Verdict.Kind kindOf(CheckLookup lookup) {
        assertThat(lookup.failures()).hasSize(1);
        return Verdict.of(lookup.failures().get(0)).kind();
    }

    @Test
    void whatIsNotThereInTimeHasTimedOut() {
        CheckLookup lookup = begin(AddressFamily.UNSPEC);
        resolver.four().lastAnswer(List.of(address("192.0.2.1")), null);
        lookup.endIfOver(Duration.ZERO);
        lookup.endIfOver(Duration.ofDays(1));
        assertThat(ends).isEmpty();
        lookup.endIfOver(Duration.ofNanos(1));
        lookup.endIfOver(Duration.ofNanos(1));
        assertThat(ends).hasSize(1);
        assertThat(resolver.cancelled).isEqualTo(1);
        resolver.six().lastAnswer(List.of(address("2001:db8::1")), null);
        assertThat(ends).hasSize(1);
        assertThat(texts(lookup)).containsExactly("192.0.2.1:80");
        assertThat(lookup.failures())
                .singleElement()
                .satisfies(trace -> assertThat(Verdict.of(trace).kind()).isEqualTo(Verdict.Kind.LOOKUP_TIMEOUT));
    }

    @Test
    void cancellingTellsNobody() {
        CheckLookup lookup = begin(AddressFamily.UNSPEC);
        lookup.cancel();
        resolver.six().end();
        resolver.four().end();
        assertThat(ends).isEmpty();
        assertThat(resolver.cancelled).isEqualTo(2);
    }

    @Test
    void onlyTheFamilyThatIsWanted() {
        CheckLookup lookup = begin(AddressFamily.INET);
        assertThat(resolver.sinks).containsOnlyKeys(AddressFamily.INET);
        resolver.four().lastAnswer(List.of(address("192.0.2.1"), address("2001:db8::1")), null);
        assertThat(texts(lookup)).containsExactly("192.0.2.1:80");
    }

    @Test
    void oneAddressAnswersForItsHostAndAsksForOthers() {
        OneAddress one = new OneAddress("host.example", CheckResults.info("192.0.2.1"), resolver);
        assertThat(one.name()).isEqualTo("by hand");
        assertThat(one.fallbackReason()).isNull();
        Told told = new Told();
        one.resolve(new ResolveQuery("host.example", AddressFamily.UNSPEC), told);
        assertThat(told.addresses).containsExactly(address("192.0.2.1"));
        assertThat(resolver.sinks).isEmpty();
        one.resolve(new ResolveQuery("other.example", AddressFamily.INET6), told);
        assertThat(resolver.sinks).containsOnlyKeys(AddressFamily.INET6);
    }

    @Test
    void theGateClosesWhenAllThreadsAreBusy() {
        LookupGate gate = new LookupGate(resolver);
        List<LookupGate.Pass> passes = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            assertThat(gate.isOpen()).isTrue();
            passes.add(gate.enter());
        }
        assertThat(gate.isOpen()).isFalse();
        gate.leave(passes.get(0));
        gate.leave(passes.get(0));
        assertThat(gate.isOpen()).isTrue();
        gate.enter();
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void aListenerTellsWhenTheLookupsOfADialHaveEnded() {
        DialListener listener = LookupGate.whenLookedUp(() -> ends.add("looked up"));
        listener.onEvent(new TraceEvent.LookupStarted(1, AddressFamily.INET6, "by hand", 0));
        listener.onEvent(new TraceEvent.LookupStarted(2, AddressFamily.INET, "by hand", 0));
        listener.onEvent(new TraceEvent.LookupEnded(ended(1, Trace.LookupOutcome.EMPTY)));
        assertThat(ends).isEmpty();
        listener.onEvent(new TraceEvent.AttemptStarted(1, CheckResults.info("192.0.2.1"), Trace.Why.FIRST, 0));
        listener.onEvent(new TraceEvent.LookupEnded(ended(2, Trace.LookupOutcome.EMPTY)));
        assertThat(ends).containsExactly("looked up");
    }

    @Test
    void aListenerDoesNotTellOfOnesThatWereGivenUp() {
        DialListener listener = LookupGate.whenLookedUp(() -> ends.add("looked up"));
        listener.onEvent(new TraceEvent.LookupStarted(1, AddressFamily.INET6, "by hand", 0));
        listener.onEvent(new TraceEvent.LookupStarted(2, AddressFamily.INET, "by hand", 0));
        listener.onEvent(new TraceEvent.LookupEnded(ended(1, Trace.LookupOutcome.CANCELLED)));
        listener.onEvent(new TraceEvent.LookupEnded(ended(2, Trace.LookupOutcome.EMPTY)));
        assertThat(ends).isEmpty();
    }

    private static Trace.Lookup ended(int id, Trace.LookupOutcome outcome) {
        return new Trace.Lookup(id, AddressFamily.INET, "by hand", null, 0, 1, outcome, List.of(), null);
    }
}
