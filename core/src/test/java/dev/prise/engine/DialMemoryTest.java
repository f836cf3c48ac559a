package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.race.Candidate;
import dev.prise.race.KnownPath;
import dev.prise.race.Lesson;
import dev.prise.race.RaceAction;
import dev.prise.race.RaceSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a dial gives to the memory and takes from it. */
class DialMemoryTest {
    private static final AddressInfo FOUR = address("192.0.2.1");

    private final AtomicLong network = new AtomicLong(1);
    private final AtomicLong clock = new AtomicLong();
    private final PathMemory memory = new PathMemory(clock::get, () -> 1_795_000_000_000L, network::get, 0);

    private static AddressInfo address(String literal) {
        try {
            return AddressInfo.stream(new InetSocketAddress(InetAddress.getByName(literal), 443));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static RaceAction.Learn learn(AddressInfo address, Lesson.Kind kind, @Nullable ErrorCode code) {
        return new RaceAction.Learn(1, new Candidate(address, (InetAddress) null), new Lesson(kind, 300_000_000, code));
    }

    private DialMemory begun() {
        DialMemory dial = new DialMemory(memory);
        dial.prepare();
        return dial;
    }

    /** Dials to so many names, whose IPv6 address is lost while the IPv4 one connects. */
    private void lose(int names, Lesson.Kind kind, @Nullable ErrorCode code) {
        for (int i = 1; i <= names; i++) {
            DialMemory dial = begun();
            dial.learn(learn(address("2001:db8::" + i), kind, code));
            dial.learn(learn(FOUR, Lesson.Kind.ROUND_TRIP, null));
            dial.won(FOUR);
        }
    }

    private AddressFamily preferred() {
        return new DialMemory(memory).adjust(RaceSettings.DEFAULT).preferredFamily();
    }

    @Test
    void aFamilyThatIsLostToThreeNamesComesSecond() {
        lose(2, Lesson.Kind.UNANSWERED, null);
        assertThat(preferred()).isEqualTo(AddressFamily.UNSPEC);
        lose(3, Lesson.Kind.UNANSWERED, null);
        assertThat(preferred()).isEqualTo(AddressFamily.INET);
        assertThat(new DialMemory(memory).path(address("2001:db8:9::1")).trouble())
                .isEqualTo("IPv6 failed for 3 destinations");
        assertThat(new DialMemory(memory).path(FOUR).isPenalised()).isFalse();
        clock.addAndGet(60_000_000_000L);
        assertThat(preferred()).isEqualTo(AddressFamily.UNSPEC);
    }

    @Test
    void unreachableNetworksSpeakAgainstAFamilyToo() {
        lose(3, Lesson.Kind.FAILED, ErrorCode.NETWORK_UNREACHABLE);
        assertThat(preferred()).isEqualTo(AddressFamily.INET);
    }

    @Test
    void whoRefusesWasReached() {
        lose(3, Lesson.Kind.FAILED, ErrorCode.CONNECTION_REFUSED);
        lose(3, Lesson.Kind.FAILED, ErrorCode.CONNECTION_RESET);
        assertThat(preferred()).isEqualTo(AddressFamily.UNSPEC);
        assertThat(new DialMemory(memory).path(address("2001:db8::1")).isPenalised())
                .isTrue();
    }

    @Test
    void whenAnAddressOfTheSameFamilyWinsNothingSpeaksAgainstIt() {
        for (int i = 1; i <= 3; i++) {
            DialMemory dial = begun();
            dial.learn(learn(address("2001:db8::" + i), Lesson.Kind.UNANSWERED, null));
            dial.won(address("2001:db8::99"));
        }
        assertThat(preferred()).isEqualTo(AddressFamily.UNSPEC);
    }

    @Test
    void aFamilyThatTheCallerPrefersIsLeftWhenItIsTheOther() {
        lose(3, Lesson.Kind.UNANSWERED, null);
        RaceSettings four = RaceSettings.DEFAULT.withPreferredFamily(AddressFamily.INET);
        assertThat(new DialMemory(memory).adjust(four)).isSameAs(four);
    }

    @Test
    void oneDialOfSixteenKnowsNothing() {
        lose(3, Lesson.Kind.UNANSWERED, null);
        int cold = 0;
        for (int i = 3; i < 16; i++) {
            DialMemory dial = new DialMemory(memory);
            if (dial.path(FOUR).equals(KnownPath.NONE)) {
                cold++;
                assertThat(dial.adjust(RaceSettings.DEFAULT)).isSameAs(RaceSettings.DEFAULT);
            }
        }
        assertThat(cold).isEqualTo(1);
    }

    @Test
    void aDialThatChangesTheNetworkTeachesNothing() {
        lose(1, Lesson.Kind.UNANSWERED, null);
        DialMemory dial = new DialMemory(memory);
        dial.prepare();
        network.set(2);
        dial.learn(learn(FOUR, Lesson.Kind.UNANSWERED, null));
        assertThat(new DialMemory(memory).path(FOUR)).isEqualTo(KnownPath.NONE);
        network.set(1);
        assertThat(new DialMemory(memory).path(FOUR).isPenalised()).isFalse();
    }

    @Test
    void aDialWhoseNetworkWasNotKnownAtItsBeginningTeachesNothing() {
        AtomicReference<@Nullable Long> present = new AtomicReference<>();
        PathMemory later = new PathMemory(clock::get, () -> 1_795_000_000_000L, present::get, 0);
        DialMemory dial = new DialMemory(later);
        dial.prepare();
        present.set(1L);
        dial.learn(learn(address("2001:db8::1"), Lesson.Kind.UNANSWERED, null));
        dial.won(FOUR);
        assertThat(later.isEmpty()).isTrue();
    }

    @Test
    void withoutANetworkOnlyLoopbackIsRemembered() {
        network.set(NetworkFingerprint.NO_NETWORK);
        lose(3, Lesson.Kind.UNANSWERED, null);
        assertThat(memory.isEmpty()).isTrue();
        AddressInfo loopback = address("127.0.0.1");
        begun().learn(learn(loopback, Lesson.Kind.UNANSWERED, null));
        assertThat(new DialMemory(memory).path(loopback).isPenalised()).isTrue();
    }

    @Test
    void whatAFileSaysOfNoNetworkIsPassedOver() {
        lose(3, Lesson.Kind.UNANSWERED, null);
        memory.addText(memory.toText(100)
                .replaceAll(
                        "(?m)^(family|trouble|rtt) 1 ", "$1 " + Long.toHexString(NetworkFingerprint.NO_NETWORK) + " "));
        assertThat(preferred()).isEqualTo(AddressFamily.INET);
        network.set(NetworkFingerprint.NO_NETWORK);
        assertThat(preferred()).isEqualTo(AddressFamily.UNSPEC);
        assertThat(new DialMemory(memory).path(address("2001:db8::1"))).isEqualTo(KnownPath.NONE);
    }

    @Test
    void withoutMemoryNothingChanges() {
        DialMemory off = new DialMemory(null);
        off.prepare();
        off.learn(learn(FOUR, Lesson.Kind.UNANSWERED, null));
        off.won(FOUR);
        assertThat(off.path(FOUR)).isEqualTo(KnownPath.NONE);
        assertThat(off.adjust(RaceSettings.DEFAULT)).isSameAs(RaceSettings.DEFAULT);
    }
}
