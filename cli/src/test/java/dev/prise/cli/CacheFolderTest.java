package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
    private static Path file(String system, Map<String, String> environment) {
        return CacheFolder.file(InProcess.console(environment), system, "paths");
    }

    @Test
    void eachSystemHasItsOwn() {
        assertThat(file("Linux", Map.of("HOME", "/home/me"))).isEqualTo(Path.of("/home/me/.cache/prise/paths"));
        assertThat(file("Mac OS X", Map.of("HOME", "/Users/me")))
                .isEqualTo(Path.of("/Users/me/Library/Caches/prise/paths"));
        assertThat(file("Windows 11", Map.of("LOCALAPPDATA", "/local", "HOME", "/home/me")))
                .isEqualTo(Path.of("/local/prise/paths"));
    }

    @Test
    void theVariableOfTheSpecificationComesFirst() {
        assertThat(file("Linux", Map.of("HOME", "/home/me", "XDG_CACHE_HOME", "/cache")))
                .isEqualTo(Path.of("/cache/prise/paths"));
    }

    @Test
    void withoutAnAbsoluteFolderThereIsNone() {
        assertThat(file("Linux", Map.of())).isNull();
        assertThat(file("Windows 11", Map.of())).isNull();
        assertThat(file("Linux", Map.of("XDG_CACHE_HOME", "relative"))).isNull();
        assertThat(file("Linux", Map.of("XDG_CACHE_HOME", "\0"))).isNull();
    }
}
