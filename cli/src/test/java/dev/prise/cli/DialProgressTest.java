package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialProgressTest {
    private static final long MILLI = 1_000_000L;
    private static final AddressInfo ADDRESS =
            AddressInfo.stream(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 443));

    private final DialProgress progress = new DialProgress();

    private void start(int id, long atNanos) {
        progress.take(new TraceEvent.AttemptStarted(id, ADDRESS, Trace.Why.DELAY, atNanos));
    }

    private void fail(int id, long startNanos, long endNanos) {
        Trace.Failure refused = new Trace.Failure(ErrorCode.CONNECTION_REFUSED, "refused");
        progress.take(new TraceEvent.AttemptEnded(new Trace.Attempt(
                id, ADDRESS, Trace.Why.DELAY, startNanos, endNanos, Trace.AttemptOutcome.FAILED, refused)));
    }

    private List<String> labels(int most) {
        return progress.rows(900 * MILLI, most).stream()
                .map(WaterfallRow::brief)
                .toList();
    }

    @Test
    void whatIsUnderWayEndsNow() {
        progress.take(new TraceEvent.LookupStarted(1, AddressFamily.INET6, "jdk", MILLI));
        start(1, 2 * MILLI);
        start(2, 3 * MILLI);
        progress.take(new TraceEvent.AttemptReached(2, 5 * MILLI));
        fail(1, 2 * MILLI, 4 * MILLI);
        List<WaterfallRow> rows = progress.rows(9 * MILLI, 10);
        assertThat(rows).extracting(WaterfallRow::brief).containsExactly("lookup IPv6", "1. 192.0.2.1", "2. 192.0.2.1");
        assertThat(rows).extracting(WaterfallRow::endNanos).containsExactly(9 * MILLI, 4 * MILLI, 9 * MILLI);
        assertThat(rows).extracting(WaterfallRow::reachedNanos).containsExactly(9 * MILLI, 4 * MILLI, 5 * MILLI);
        assertThat(rows).extracting(WaterfallRow::over).containsExactly(false, true, false);
    }

    /** The clock of the view is behind that of the dial by what the first event took to come. */
    @Test
    void nothingEndsBeforeItBegan() {
        progress.take(new TraceEvent.LookupStarted(1, AddressFamily.INET6, "jdk", 7 * MILLI));
        start(1, 8 * MILLI);
        progress.take(new TraceEvent.AttemptReached(1, 9 * MILLI));
        assertThat(progress.rows(MILLI, 10)).extracting(WaterfallRow::took).containsExactly("0.0 ms", "1.0 ms");
    }

    @Test
    void whatIsOverGivesWayFirst() {
        for (int i = 1; i <= 5; i++) {
            start(i, i * MILLI);
        }
        fail(2, 2 * MILLI, 7 * MILLI);
        fail(4, 4 * MILLI, 8 * MILLI);
        assertThat(labels(4)).containsExactly("1. 192.0.2.1", "3. 192.0.2.1", "4. 192.0.2.1", "5. 192.0.2.1");
        assertThat(labels(3)).containsExactly("1. 192.0.2.1", "3. 192.0.2.1", "5. 192.0.2.1");
        assertThat(labels(2)).containsExactly("3. 192.0.2.1", "5. 192.0.2.1");
        assertThat(progress.count()).isEqualTo(5);
    }
}
