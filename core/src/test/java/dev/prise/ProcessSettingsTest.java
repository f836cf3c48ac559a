package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProcessSettingsTest {
    private static final String PROPERTY = "dev.prise.sequential";

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
        System.clearProperty("dev.prise.attemptDelay");
    }

    @Test
    @DisplayName("dials race unless something is said")
    void nothing() {
        assertThat(ProcessSettings.isSequential("example.org")).isFalse();
    }

    @Test
    @DisplayName("true stands for all hosts")
    void all() {
        System.setProperty(PROPERTY, "true");
        assertThat(ProcessSettings.isSequential("example.org")).isTrue();
    }

    @Test
    @DisplayName("hosts are compared without regard to case and a final dot; .example.org stands for those below it")
    void hosts() {
        System.setProperty(PROPERTY, "mail.Example.org, .example.net");
        assertThat(ProcessSettings.isSequential("MAIL.example.org.")).isTrue();
        assertThat(ProcessSettings.isSequential("example.org")).isFalse();
        assertThat(ProcessSettings.isSequential("a.b.example.net")).isTrue();
        assertThat(ProcessSettings.isSequential("example.net")).isFalse();
        assertThat(ProcessSettings.isSequential("badexample.net")).isFalse();
    }

    @Test
    @DisplayName("a delay that cannot be read, or is out of bounds, is passed over")
    void delays() {
        assertThat(attemptDelayMillis("400")).isEqualTo(400);
        assertThat(attemptDelayMillis("5")).isEqualTo(250);
        assertThat(attemptDelayMillis("soon")).isEqualTo(250);
    }

    private static long attemptDelayMillis(String property) {
        System.setProperty("dev.prise.attemptDelay", property);
        return Dialer.create().settings().attemptDelayNanos() / 1_000_000;
    }

    @Test
    @DisplayName("names of environment variables")
    void environment() {
        assertThat(ProcessSettings.Setting.of("attemptDelay").environment()).isEqualTo("PRISE_ATTEMPT_DELAY");
        assertThat(ProcessSettings.SEQUENTIAL.environment()).isEqualTo("PRISE_SEQUENTIAL");
    }
}
