package dev.prise.race;

import static dev.prise.race.RaceEvent.FailureKind.LOCAL;
import static dev.prise.race.RaceEvent.FailureKind.LOCAL_FAMILY;
import static dev.prise.race.RaceEvent.FailureKind.NETWORK;
import static dev.prise.race.RaceEvent.FailureKind.NOT_READY;
import static dev.prise.race.RaceScript.dialKnown;
import static dev.prise.race.RaceSettings.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.ErrorCode;
import dev.prise.trace.Trace;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What other implementations test about failing, as scripts. Times are milliseconds. */
class FailureCasesTest {
    private static final long MILLI = 1_000_000L;

    private static Trace.Failure errorOf(RaceScript script) {
        return Objects.requireNonNull(script.trace().error());
    }

    @Nested
    @DisplayName("the whole dial")
    class Dial {
        @Test
        @DisplayName("case 56 (Mozilla): the first fails, the second connects: won, and nothing is told to have failed")
        void firstFails() {
            RaceScript script = dialKnown(DEFAULT, "6a", "4a").refuses("6a", 20).connects("4a", 20);
            script.runsAs("0 start 6a (first)", "20 start 4a (failure)", "40 won 4a");
            assertThat(script.trace().error()).isNull();
        }

        @Test
        @DisplayName("case 57 (Mozilla): all fail: failed to connect")
        void allFail() {
            dialKnown(DEFAULT, "6a", "4a")
                    .refuses("6a", 20)
                    .refuses("4a", 20)
                    .runsAs("0 start 6a (first)", "20 start 4a (failure)", "40 failed (connect)");
        }

        @Test
        @DisplayName("case 70, 110 (OkHttp, aiohappyeyeballs): a single address: its own error, no race")
        void single() {
            RaceScript failing = dialKnown(DEFAULT, "6a").fails("6a", 20, NETWORK, ErrorCode.HOST_UNREACHABLE);
            failing.runsAs("0 start 6a (first)", "20 failed (connect)");
            assertThat(errorOf(failing).code()).isEqualTo(ErrorCode.HOST_UNREACHABLE);
            dialKnown(DEFAULT, "6a").connects("6a", 500).runsAs("0 start 6a (first)", "500 won 6a");
        }

        @Test
        @DisplayName(
                "case 91, 109, 128 (Go, aiohappyeyeballs, CPython): no address at all: failed at once, and clearly")
        void none() {
            RaceScript script = dialKnown(DEFAULT);
            script.runsAs("0 failed (resolution)");
            assertThat(errorOf(script).code()).isEqualTo(ErrorCode.NO_DATA);
        }

        @Test
        @DisplayName("case 129 (CPython): none succeeds, whatever the delay: both errors are kept, in order")
        void bothErrors() {
            for (long delay : new long[] {10, 100, 1_000, 2_000}) {
                RaceScript script = dialKnown(DEFAULT.withAttemptDelayNanos(delay * MILLI), "6a", "4a")
                        .fails("6a", 1_500, NETWORK, ErrorCode.HOST_UNREACHABLE)
                        .refuses("4a", 1)
                        .run();
                assertThat(script.trace().attempts())
                        .extracting(attempt ->
                                Objects.requireNonNull(attempt.error()).code())
                        .containsExactly(ErrorCode.HOST_UNREACHABLE, ErrorCode.CONNECTION_REFUSED);
            }
        }

        @Test
        @DisplayName("case 120 (aiohappyeyeballs): all fail with the same error: its codes are told once")
        void sameError() {
            RaceScript script = dialKnown(DEFAULT, "6a", "4a")
                    .refuses("6a", 20)
                    .refuses("4a", 20)
                    .run();
            assertThat(errorOf(script).message())
                    .containsOnlyOnce("(ECONNREFUSED")
                    .contains("2001:db8:1::1", "192.0.2.1");
        }

        @Test
        @DisplayName("case 121 (aiohappyeyeballs): the same error with other words of the system is the same error")
        void sameErrorOtherWords() {
            // the words are the system's, and its code is what is compared; the sentence has our own
            RaceScript script = dialKnown(DEFAULT, "6a", "4a")
                    .event(20, failed(1, "Connection refused"))
                    .event(40, failed(2, "connect: refused"))
                    .run();
            assertThat(errorOf(script).code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
            assertThat(errorOf(script).message()).containsOnlyOnce("(ECONNREFUSED");
        }

        private static RaceEvent failed(int attempt, String words) {
            return new RaceEvent.AttemptFailed(attempt, NETWORK, ErrorCode.CONNECTION_REFUSED, words);
        }

        @Test
        @DisplayName(
                "case 122 (aiohappyeyeballs): all fail with different errors: each is told, the first's is the dial's")
        void differentErrors() {
            // aiohappyeyeballs has no code then; 6724's favourite is as good a witness as any
            RaceScript script = dialKnown(DEFAULT, "6a", "4a")
                    .fails("6a", 20, NETWORK, ErrorCode.HOST_UNREACHABLE)
                    .refuses("4a", 20)
                    .run();
            assertThat(errorOf(script).code()).isEqualTo(ErrorCode.HOST_UNREACHABLE);
            assertThat(errorOf(script).message()).contains("EHOSTUNREACH", "ECONNREFUSED");
        }
    }

    @Nested
    @DisplayName("before anything is sent")
    class Local {
        @Test
        @DisplayName(
                "case 74, 112 (OkHttp, aiohappyeyeballs): a socket that cannot be made: the next at once, without the floor")
        void socketFails() {
            dialKnown(DEFAULT, "6a", "4a")
                    .fails("6a", 0, LOCAL_FAMILY, ErrorCode.FAMILY_NOT_SUPPORTED)
                    .connects("4a", 20)
                    .runsAs("0 start 6a (first)", "0 start 4a (failure)", "20 won 4a");
        }

        @Test
        @DisplayName("case 111 (aiohappyeyeballs): the second socket cannot be made: the first wins all the same")
        void secondSocketFails() {
            dialKnown(DEFAULT, "6a", "4a")
                    .fails("4a", 0, LOCAL_FAMILY, ErrorCode.FAMILY_NOT_SUPPORTED)
                    .connects("6a", 300)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "300 won 6a");
        }

        @Test
        @DisplayName("case 117, 118 (aiohappyeyeballs): no local address for IPv6: its attempts fail, IPv4 connects")
        void noLocalAddress() {
            dialKnown(DEFAULT, "6a", "6b", "4a")
                    .fails("6a", 0, LOCAL, ErrorCode.ADDRESS_NOT_AVAILABLE)
                    .fails("6b", 0, LOCAL, ErrorCode.ADDRESS_NOT_AVAILABLE)
                    .connects("4a", 20)
                    .runsAs("0 start 6a (first)", "0 start 4a (failure)", "20 won 4a");
        }
    }

    @Nested
    @DisplayName("after it is connected (v3 section 6.1)")
    class NotReady {
        @Test
        @DisplayName(
                "case 76 (OkHttp): the second is connected and its handshake fails: the first goes on, and was never given up")
        void firstGoesOn() {
            // OkHttp's race ends with the connection, so that it must begin the first one once more
            dialKnown(DEFAULT, "6a", "4a")
                    .connects("6a", 300)
                    .reaches("4a", 10)
                    .fails("4a", 10, NOT_READY, ErrorCode.PROTOCOL_ERROR)
                    .runsAs("0 start 6a (first)", "250 start 4a (delay)", "300 won 6a");
        }

        @Test
        @DisplayName(
                "case 78 (OkHttp): the handshake fails at 270: the third at 270, the fourth at 520, which wins at 530")
        void nextAfterHandshake() {
            dialKnown(DEFAULT, "6a", "6b", "6c", "6d")
                    .reaches("6b", 10)
                    .fails("6b", 20, NOT_READY, ErrorCode.PROTOCOL_ERROR)
                    .connects("6d", 10)
                    .runsAs(
                            "0 start 6a (first)",
                            "250 start 6b (delay)",
                            "270 start 6c (failure)",
                            "520 start 6d (delay)",
                            "530 cancel 6a (lost)",
                            "530 cancel 6c (lost)",
                            "530 won 6d");
        }

        @Test
        @DisplayName("case 107 (curl): a failed handshake has a time of connecting, and none of being ready")
        void times() {
            RaceScript script = dialKnown(DEFAULT, "6a")
                    .reaches("6a", 20)
                    .fails("6a", 60, NOT_READY, ErrorCode.PROTOCOL_ERROR)
                    .run();
            Trace.Attempt attempt = script.trace().attempts().get(0);
            assertThat(attempt.reachedNanos()).isEqualTo(20 * MILLI);
            assertThat(attempt.outcome()).isEqualTo(Trace.AttemptOutcome.FAILED);
            assertThat(List.of(attempt.startNanos(), attempt.endNanos())).containsExactly(0L, 60 * MILLI);
        }
    }
}
