package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prise.engine.PathMemory;
import dev.prise.trace.Trace;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A name with two addresses, the first of which does not answer: what later dials make of it. The memory's clock is the test's. */
@Timeout(60)
class DialHistoryIT {
    private static final long SECOND = 1_000_000_000L;
    private static final String SILENT = "127.0.0.1";
    private static final String GOOD = "127.0.0.2";

    private final AtomicLong clockNanos = new AtomicLong(-5 * SECOND);
    private final AtomicLong network = new AtomicLong(1);
    private Loopback.Hole hole;
    private Loopback.Server server;

    @BeforeEach
    void open() throws IOException {
        hole = new Loopback.Hole(Loopback.FIRST, 0);
        server = new Loopback.Server(Loopback.SECOND, hole.port());
    }

    @AfterEach
    void close() throws IOException {
        hole.close();
        server.close();
    }

    private DialHistory history() {
        LongSupplier clock = clockNanos::get;
        return new DialHistory(
                new PathMemory(clock, () -> clock.getAsLong() / 1_000_000 + 1_795_000_000_000L, network::get, 7));
    }

    private Dialer dialer(DialHistory history) {
        return Dialer.builder()
                .resolver(Loopback.answering(Loopback.FIRST, Loopback.SECOND))
                .deadline(Duration.ofSeconds(20))
                .history(history)
                .build();
    }

    private Trace dial(DialerIT.Way way, Dialer dialer) throws IOException {
        try (DialResult result = way.dial(dialer, "two.example", server.port())) {
            return result.trace();
        }
    }

    private Trace dial(Dialer dialer) throws IOException {
        return dial(DialerIT.Way.BLOCKING, dialer);
    }

    private static String firstTried(Trace trace) {
        return trace.attempts().get(0).address().addressText();
    }

    private static String lastTried(Trace trace) {
        return trace.attempts().get(trace.attempts().size() - 1).address().addressText();
    }

    /** The silent address answers from now on. */
    private Loopback.Server revive() throws IOException {
        hole.close();
        return new Loopback.Server(Loopback.FIRST, server.port());
    }

    @ParameterizedTest
    @EnumSource
    void theSecondDialTriesFirstWhatWorked(DialerIT.Way way) throws IOException {
        Dialer dialer = dialer(history());
        Trace first = dial(way, dialer);
        assertThat(first.attempts()).hasSize(2);
        assertThat(firstTried(first)).isEqualTo(SILENT);
        clockNanos.addAndGet(12 * SECOND);
        Trace second = dial(way, dialer);
        assertThat(second.attempts()).hasSize(1);
        assertThat(firstTried(second)).isEqualTo(GOOD);
        assertThat(second.candidates()).hasSize(2);
        assertThat(second.candidates().get(1).address().addressText()).isEqualTo(SILENT);
        assertThat(second.candidates().get(1).why()).contains("no answer 12 s ago");
    }

    @Test
    void aRefusalIsRememberedForItsPortAlone() throws IOException {
        hole.close();
        Dialer dialer = dialer(history());
        assertThat(dial(dialer).attempts()).hasSize(2);
        Trace second = dial(dialer);
        assertThat(firstTried(second)).isEqualTo(GOOD);
        assertThat(second.candidates().get(1).why()).contains("refused just now (ECONNREFUSED)");
        try (Loopback.Server other = new Loopback.Server(Loopback.FIRST, 0);
                DialResult result = Dialer.builder()
                        .resolver(Loopback.answering(Loopback.FIRST, Loopback.address("127.0.0.3")))
                        .history(dialer.toBuilder().build().history())
                        .build()
                        .dial("other.example", other.port())) {
            assertThat(result.address().addressText()).isEqualTo(SILENT);
        }
    }

    @Test
    void whenBothAreInTroubleBothAreTried() throws IOException {
        Dialer dialer = dialer(history());
        try (Loopback.Refusing refusing = new Loopback.Refusing()) {
            for (int i = 0; i < 3; i++) {
                DialConnectException failure = catchThrowableOfType(
                        DialConnectException.class, () -> dialer.dial("two.example", refusing.port()));
                assertThat(failure.trace().attempts()).hasSize(2);
            }
        }
    }

    @Test
    void oneOfSixteenDialsGivesTheSilentOneItsChance() throws IOException {
        Dialer dialer = dialer(history());
        int triedSilentFirst = 0;
        for (int i = 0; i < 16; i++) {
            Trace trace = dial(dialer);
            assertThat(lastTried(trace)).isEqualTo(GOOD);
            triedSilentFirst += firstTried(trace).equals(SILENT) ? 1 : 0;
        }
        // the first one knew nothing
        assertThat(triedSilentFirst).isEqualTo(2);
    }

    @Test
    void whenTheSilentOneAnswersAgainItIsFoundOutWithinSixteenDials() throws Exception {
        Dialer dialer = dialer(history());
        dial(dialer);
        try (Loopback.Server revived = revive()) {
            assertThat(firstTried(dial(dialer))).isEqualTo(GOOD);
            int won = 0;
            for (int i = 2; i < 16; i++) {
                won += lastTried(dial(dialer)).equals(SILENT) ? 1 : 0;
            }
            assertThat(won).isPositive();
            Socket accepted = revived.accepted.poll(30, TimeUnit.SECONDS);
            assertThat(accepted).isNotNull();
            accepted.close();
        }
    }

    @Test
    void afterTenMinutesNothingIsLeft() throws IOException {
        Dialer dialer = dialer(history());
        dial(dialer);
        try (Loopback.Server revived = revive()) {
            clockNanos.addAndGet(601 * SECOND);
            Trace trace = dial(dialer);
            assertThat(lastTried(trace)).isEqualTo(SILENT);
            assertThat(trace.attempts()).hasSize(1);
            assertThat(revived.port()).isEqualTo(server.port());
        }
    }

    @Test
    void eachDialerHasItsOwnUnlessItIsGivenOne() throws IOException {
        DialHistory shared = history();
        dial(dialer(shared));
        assertThat(firstTried(dial(dialer(history())))).isEqualTo(SILENT);
        assertThat(firstTried(dial(dialer(shared)))).isEqualTo(GOOD);
        Dialer.Builder builder = Dialer.builder();
        assertThat(builder.build().history()).isNotSameAs(builder.build().history());
        Dialer dialer = builder.build();
        assertThat(dialer.toBuilder().build().history()).isSameAs(dialer.history());
    }

    @Test
    void withoutMemoryEveryDialIsAsTheFirst() throws IOException {
        Dialer dialer = dialer(DialHistory.off());
        dial(dialer);
        assertThat(firstTried(dial(dialer))).isEqualTo(SILENT);
        assertThat(DialHistory.off().toText(10)).isEmpty();
    }

    @Test
    void inAnotherNetworkItIsNotUsedAndBackAgainItIs() throws IOException {
        Dialer dialer = dialer(history());
        dial(dialer);
        network.set(2);
        assertThat(firstTried(dial(dialer))).isEqualTo(SILENT);
        network.set(1);
        assertThat(firstTried(dial(dialer))).isEqualTo(GOOD);
    }

    @Test
    void socketsOfTheFactoryRememberToo() throws IOException {
        DialHistory history = history();
        dialer(history)
                .socketFactory()
                .createSocket("two.example", server.port())
                .close();
        assertThat(firstTried(dial(dialer(history)))).isEqualTo(GOOD);
    }

    @Test
    void aTextTakesItToAnotherProcess() throws IOException {
        DialHistory history = history();
        dial(dialer(history));
        DialHistory other = history();
        other.addText(history.toText(1000));
        assertThat(firstTried(dial(dialer(other)))).isEqualTo(GOOD);
        assertThatIllegalArgumentException().isThrownBy(() -> other.addText("something else"));
        assertThatIllegalArgumentException().isThrownBy(() -> other.toText(0));
    }

    @Test
    void theMachinesOwnClockAndNetworkWillDo() throws IOException {
        DialHistory history = DialHistory.inMemory();
        Dialer dialer = dialer(history);
        dial(dialer);
        if (history.toText(1000).lines().count() <= 2) {
            System.out.println("Left out: the memory with the machine's own network, because it is not known here.");
            return;
        }
        assertThat(firstTried(dial(dialer))).isEqualTo(GOOD);
    }
}
