package dev.prise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.race.GaiConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading gai.conf(5) once, and again when it has changed. */
class SystemPolicyTest {
    private static final long FOREVER = Long.MAX_VALUE;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("a file that appears, changes and goes is seen at the next look, not before")
    void changes() throws IOException {
        Path file = folder.resolve("gai.conf");
        SystemPolicy looking = new SystemPolicy(file, 0);
        assertThat(looking.conf()).isEqualTo(GaiConf.EMPTY);
        Files.writeString(file, "precedence ::ffff:0:0/96 100\n");
        GaiConf first = looking.conf();
        assertThat(first.setsAnything()).isTrue();
        assertThat(looking.conf()).as("not read again").isSameAs(first);
        SystemPolicy seldom = new SystemPolicy(file, FOREVER);
        assertThat(seldom.conf().setsAnything()).isTrue();
        Files.writeString(file, "#recedence ::ffff:0:0/96 100\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertThat(looking.conf().setsAnything()).isFalse();
        assertThat(seldom.conf().setsAnything()).isTrue();
        Files.delete(file);
        assertThat(looking.conf()).isEqualTo(GaiConf.EMPTY);
    }

    @Test
    @DisplayName("what cannot be read sets nothing")
    void unreadable() {
        assertThat(new SystemPolicy(folder, 0).conf()).isEqualTo(GaiConf.EMPTY);
        assertThat(new SystemPolicy(null, 0).conf()).isEqualTo(GaiConf.EMPTY);
    }
}
