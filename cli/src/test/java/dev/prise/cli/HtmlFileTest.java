package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlFileTest {
    @TempDir
    Path folder;

    @Test
    void takesThePlaceOfWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("page.html"), "old");
        HtmlFile.of(file.toString()).write("new", InProcess.console(), 1);
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("page.html");
    }

    @Test
    void lookingWritesNothing() throws IOException {
        HtmlFile.of(folder.resolve("page.html").toString());
        assertThat(names()).isEmpty();
    }

    @Test
    void whatALinkStandsForIsWrittenAndItsPermissionsStay() throws IOException {
        Path file = Files.writeString(folder.resolve("page.html"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Path link = Files.createSymbolicLink(folder.resolve("link.html"), file);
        HtmlFile.of(link.toString()).write("new", InProcess.console(), 1);
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderThatWentAwayIsASentenceWithTheStatusOfTheDial() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        HtmlFile place = HtmlFile.of(gone.resolve("page.html").toString());
        Files.delete(gone);
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> place.write("new", InProcess.console(), 4))
                .satisfies(e -> assertThat(e.status()).isEqualTo(4))
                .withMessageContaining("cannot be written: there is no such file or folder");
    }

    @Test
    void aLinkToWhatIsNotThereYetIsFollowed() throws IOException {
        Path target = folder.resolve("target.html");
        Path link = Files.createSymbolicLink(folder.resolve("link.html"), Path.of("target.html"));
        HtmlFile.of(link.toString()).write("new", InProcess.console(), 4);
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("new");
    }

    @Test
    void aLinkToItselfIsWrongUsage() throws IOException {
        Path link = folder.resolve("link.html");
        Files.createSymbolicLink(link, link);
        assertUsage(link.toString(), "--html " + link + " is a link that leads nowhere; give another file");
    }

    @Test
    void oneFileByTwoNamesIsTheSame() throws IOException {
        String plain = folder.resolve("a").toString();
        String roundabout = folder.resolve("./no/../a").toString();
        assertThat(HtmlFile.isSame(plain, roundabout)).isTrue();
        assertThat(HtmlFile.isSame(plain, folder.resolve("b").toString())).isFalse();
        Files.writeString(folder.resolve("a"), "");
        Path link = Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        assertThat(HtmlFile.isSame(plain, link.toString())).isTrue();
        assertThat(HtmlFile.isSame("/dev/null", "/dev/null")).isFalse();
    }

    @Test
    void whatCannotBeWrittenIsWrongUsage() {
        assertUsage("", "--html takes a file or -, not an empty word");
        assertUsage(folder.toString(), "--html " + folder + " is a folder; give a file in it");
        String nowhere = folder.resolve("no/page.html").toString();
        assertUsage(
                nowhere,
                "--html " + nowhere + " cannot be written: there is no such file or folder; give another file");
        assertUsage("a\0b", "--html a\0b cannot be a file: Nul character not allowed");
    }

    private static void assertUsage(String given, String sentence) {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> HtmlFile.of(given))
                .withMessage(sentence)
                .satisfies(e -> assertThat(e.status()).isEqualTo(ExitStatus.USAGE));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
