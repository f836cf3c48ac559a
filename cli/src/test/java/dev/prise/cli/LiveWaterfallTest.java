package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.Target;
import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.trace.Trace;
import dev.prise.trace.TraceEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveWaterfallTest {
    private static final Target TARGET = Target.of("many.example", 443);
    private static final int ROWS = 10;
    private static final int COLUMNS = 70;

    private final LinkedBlockingQueue<String> written = new LinkedBlockingQueue<>();
    private final ScreenModel model = new ScreenModel(ROWS, COLUMNS);

    private Screen screen(Terminal.@Nullable Size size) {
        return new Screen(written::add, () -> size, new Style(0, true, true));
    }

    /** Shows the model what is written, up to what has this in it. */
    private String showUntil(String awaited) throws InterruptedException {
        while (true) {
            String text = written.poll(30, TimeUnit.SECONDS);
            assertThat(text).as("waiting for '%s'", awaited).isNotNull();
            show(text);
            if (text.contains(awaited)) {
                return text;
            }
        }
    }

    private void showAll() {
        for (String text = written.poll(); text != null; text = written.poll()) {
            show(text);
        }
    }

    /** The system begins a line where one has ended. */
    private void show(String text) {
        model.write(text.replace("\n", "\r\n"));
    }

    @Test
    void aPictureHigherThanTheWindowLosesRowsAndScrollsNothing() throws InterruptedException {
        show("before\n");
        try (LiveWaterfall live = LiveWaterfall.begin(screen(new Terminal.Size(ROWS, COLUMNS)), TARGET)) {
            assertThat(live).isNotNull();
            live.onEvent(new TraceEvent.LookupStarted(1, AddressFamily.INET, "jdk", 0));
            for (int i = 1; i <= 20; i++) {
                live.onEvent(new TraceEvent.AttemptStarted(i, address("192.0.2." + i), Trace.Why.DELAY, i * 1000L));
            }
            showUntil("16 more");
            String second = showUntil("16 more");
            assertThat(second.chars().filter(c -> c == '\n')).hasSize(ROWS - 1);
            assertThat(model.text().get(0)).isEqualTo("before");
            assertThat(model.text().get(1)).startsWith("connecting to many.example port 443 for ");
            assertThat(model.text()).hasSize(ROWS);
            assertThat(model.row()).isEqualTo(ROWS);
        }
        showAll();
        show("after\n");
        assertThat(model.text()).containsExactly("before", "after");
    }

    @Test
    void whatIsToldMeanwhileStandsAboveThePicture() throws InterruptedException {
        try (LiveWaterfall live = LiveWaterfall.begin(screen(new Terminal.Size(ROWS, COLUMNS)), TARGET)) {
            assertThat(live).isNotNull();
            live.above("first");
            showUntil("connecting");
            live.above("second");
            showUntil("second");
            assertThat(model.text()).startsWith("first", "second").hasSize(3);
            assertThat(model.text().get(2)).startsWith("connecting");
        }
        showAll();
        assertThat(model.text()).containsExactly("first", "second");
    }

    @Test
    void aWindowThatIsNotKnownOrTooSmallStaysEmpty() {
        for (Terminal.Size size :
                new Terminal.@Nullable Size[] {null, new Terminal.Size(4, 80), new Terminal.Size(40, 30)}) {
            LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
            Screen screen = new Screen(
                    written::add,
                    () -> {
                        asked.add("asked");
                        return size;
                    },
                    new Style(0, true, false));
            LiveWaterfall live = LiveWaterfall.begin(screen, TARGET);
            assertThat(live).isNotNull();
            try (live) {
                assertThat(asked.poll(30, TimeUnit.SECONDS)).isNotNull();
                live.above("line");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(written).containsExactly("line\n");
            written.clear();
        }
    }

    @Test
    void aWindowThatHasBecomeTooSmallIsWipedAndDrawnInAgainWhenItHasRoom() throws InterruptedException {
        AtomicReference<Terminal.Size> size = new AtomicReference<>(new Terminal.Size(ROWS, COLUMNS));
        Screen screen = new Screen(written::add, size::get, new Style(0, true, false));
        try (LiveWaterfall live = LiveWaterfall.begin(screen, TARGET)) {
            assertThat(live).isNotNull();
            showUntil("connecting");
            // fewer rows alone: nothing is broken anew
            size.set(new Terminal.Size(4, COLUMNS));
            while (!model.text().isEmpty()) {
                show(written.take());
            }
            size.set(new Terminal.Size(ROWS, COLUMNS));
            showUntil("connecting");
            assertThat(model.text()).singleElement().asString().startsWith("connecting");
        }
        showAll();
        assertThat(model.text()).isEmpty();
    }

    @Test
    void noLineIsWiderThanTheWindow() throws InterruptedException {
        Target target = Target.unix("/run/" + "\u65e5\u672c".repeat(40));
        for (int columns = Terminal.LEAST_WIDTH; columns <= 130; columns += 18) {
            try (LiveWaterfall live = LiveWaterfall.begin(screen(new Terminal.Size(30, columns)), target)) {
                assertThat(live).isNotNull();
                live.onEvent(new TraceEvent.LookupStarted(1, AddressFamily.INET6, "n".repeat(50), 0));
                live.onEvent(new TraceEvent.AttemptStarted(1, address("2001:db8::1"), Trace.Why.LATE_ANSWER, 5));
                live.onEvent(new TraceEvent.AttemptReached(1, 6));
                AddressInfo path =
                        AddressInfo.stream(UnixDomainSocketAddress.of("/run/\ud83d\ude00\n" + "x".repeat(70)));
                live.onEvent(new TraceEvent.AttemptStarted(2, path, Trace.Why.DELAY, 7));
                String picture = written.poll(30, TimeUnit.SECONDS);
                assertThat(picture).contains("2. ");
                for (String line : picture.split("\n", -1)) {
                    String plain =
                            line.replaceAll("\u001b\\[[0-9?]*[a-zA-Z]", "").replace("\r", "");
                    assertThat(WaterfallWidthTest.columns(plain)).as(plain).isLessThanOrEqualTo(columns);
                }
            }
            written.clear();
        }
    }

    @Test
    void noScreenNoView() {
        assertThat(LiveWaterfall.begin(null, TARGET)).isNull();
    }

    @Test
    void noThreadIsLeft() throws InterruptedException {
        try (LiveWaterfall live = LiveWaterfall.begin(screen(new Terminal.Size(ROWS, COLUMNS)), TARGET)) {
            assertThat(live).isNotNull();
            showUntil("connecting");
            assertThat(painters()).isNotEmpty();
        }
        assertThat(painters()).isEmpty();
    }

    private static List<String> painters() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("prise-live"))
                .toList();
    }

    private static AddressInfo address(String literal) {
        return AddressInfo.stream(new InetSocketAddress(InetAddress.ofLiteral(literal), 443));
    }
}
