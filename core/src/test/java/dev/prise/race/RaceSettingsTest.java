package dev.prise.race;

import static dev.prise.race.RaceSettings.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.prise.address.AddressFamily;
import org.junit.jupiter.api.Test;

/** The bounds of the numbers. */
class RaceSettingsTest {
    private static final long MILLI = 1_000_000L;

    @Test
    void theDefaultsAreThoseOfTheRfc() {
        assertThat(DEFAULT.resolutionDelayNanos()).isEqualTo(50 * MILLI);
        assertThat(DEFAULT.attemptDelayNanos()).isEqualTo(250 * MILLI);
        assertThat(DEFAULT.attemptFloorNanos()).isEqualTo(10 * MILLI);
        assertThat(DEFAULT.firstFamilyCount()).isEqualTo(1);
    }

    @Test
    void numbersOutOfBoundsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withResolutionDelayNanos(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withResolutionDelayNanos(501 * MILLI));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withAttemptDelayNanos(10 * MILLI - 1));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withAttemptDelayNanos(2_000 * MILLI + 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULT.toBuilder()
                        .attemptDelayNanos(1_500 * MILLI)
                        .maxAttemptDelayNanos(1_000 * MILLI)
                        .build());
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withFirstFamilyCount(0));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withFirstFamilyCount(9));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withPreferredFamily(AddressFamily.UNIX));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withCaps(0, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withCaps(20, 101));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withDeadlineNanos(0));
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        assertThat(DEFAULT.withResolutionDelayNanos(0).resolutionDelayNanos()).isZero();
        assertThat(DEFAULT.withAttemptDelayNanos(10 * MILLI).attemptDelayNanos())
                .isEqualTo(10 * MILLI);
        assertThat(DEFAULT.withDeadlineNanos(Long.MAX_VALUE).deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(DEFAULT.withCaps(64, 100).maxInFlight()).isEqualTo(64);
    }
}
