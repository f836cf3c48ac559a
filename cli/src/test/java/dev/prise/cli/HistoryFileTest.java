package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    private static final String HEAD = "prise-paths 1\n";

    /** How long to wait where everything has to be written, however slow the disk. */
    private static final long MOST_MILLIS = 60_000;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private HistoryFile open(Path file, boolean verbose) {
        return HistoryFile.automatic(file, InProcess.console(errors), verbose);
    }

    /** What a command does that is given this file by name. */
    private void learnInto(Path file) {
        errors.reset();
        try (HistoryFile opened = HistoryFile.named(file, InProcess.console(errors), false)) {
            opened.history().addText(HEAD + entry("192.0.2.1"));
        }
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    /** An entry of a command that has just dialled this address. */
    private static String entry(String address) {
        return "rtt 1 " + address + " " + System.currentTimeMillis() + " 20000 10000\n";
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void isMadeWithItsFolderAndReadByTheNextCommand() throws IOException {
        Path file = folder.resolve("a/b/paths");
        try (HistoryFile first = open(file, true)) {
            first.history().addText(HEAD + entry("192.0.2.1"));
        }
        try (HistoryFile second = open(file, true)) {
            assertThat(second.history().toText(10)).contains("rtt 1 192.0.2.1 ");
        }
        assertThat(errors()).isEmpty();
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        if (!posix) {
            System.out.println("Left out: the permissions of the file, because this system has other ones.");
        }
        assumeTrue(posix);
        Path file = folder.resolve("prise/paths");
        open(file, true).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aBrokenOneIsToldOnceAndReplaced() throws IOException {
        for (String broken : List.of("something else\n", HEAD + "rtt\n", HEAD + "rtt 1 192.0", "\u00ff\u0000")) {
            errors.reset();
            Path file = folder.resolve("paths");
            Files.writeString(file, broken);
            try (HistoryFile opened = open(file, false)) {
                opened.history().addText(HEAD + entry("192.0.2.1"));
            }
            assertThat(errors().lines()).hasSize(1);
            assertThat(errors()).startsWith("prise: the memory of addresses in " + file + " is broken");
            assertThat(Files.readString(file)).startsWith(HEAD).contains("rtt 1 192.0.2.1 ");
        }
    }

    @Test
    void aHugeOneIsBrokenToo() throws IOException {
        Path file = folder.resolve("paths");
        Files.writeString(file, HEAD + entry("192.0.2.1").repeat(30_000));
        open(file, false).close();
        assertThat(errors()).contains("is too large");
        assertThat(Files.size(file)).isLessThan(100);
    }

    @Test
    void holdsAThousandEntriesAtMost() throws IOException {
        Path file = folder.resolve("paths");
        try (HistoryFile opened = open(file, true)) {
            StringBuilder many = new StringBuilder(HEAD);
            for (int i = 0; i < 2500; i++) {
                many.append(entry("10.0." + (i >> 8) + "." + (i & 255)));
            }
            opened.history().addText(many.toString());
        }
        assertThat(Files.readAllLines(file)).hasSize(2 + HistoryFile.MOST_ENTRIES);
    }

    @Test
    void oneThatCannotBeWrittenIsToldOnlyWhenAsked() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");
        open(inTheWay.resolve("paths"), false).close();
        assertThat(errors()).isEmpty();
        open(inTheWay.resolve("paths"), true).close();
        assertThat(errors()).startsWith("prise: cannot write the memory of addresses in ");
    }

    @Test
    void whyItCannotBeWrittenIsSaidInWords() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");
        open(inTheWay.resolve("a/paths"), true).close();
        assertThat(errors()).containsPattern(": [a-zA-Z ]+; --history FILE puts it elsewhere");
        assertThat(FileReasons.of(new AccessDeniedException("/a"))).isEqualTo("permission denied");
        assertThat(FileReasons.of(new NoSuchFileException("/a"))).isEqualTo("there is no such file or folder");
        assertThat(FileReasons.of(new FileSystemException("/a"))).isEqualTo("the system does not say why");
        assertThat(FileReasons.of(new FileSystemException("/a", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
    }

    @Test
    void whatIsNoFileIsToldAndLeftAlone() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("directory"));
        open(directory, false).close();
        assertThat(errors().lines()).hasSize(1);
        assertThat(errors())
                .startsWith("prise: nothing is remembered in " + directory + ", which is left alone: it is no");
        learnInto(directory);
        assertThat(errors().lines()).hasSize(1);
        assertThat(directory).isDirectory();
        assertThat(names()).containsExactly("directory");
        for (String device : List.of("/dev/null", "/dev/zero", "/dev/stdin", "/proc/self/fd/2")) {
            if (Files.exists(Path.of(device))) {
                boolean regular = Files.isRegularFile(Path.of(device));
                learnInto(Path.of(device));
                assertThat(errors())
                        .startsWith("prise: nothing is remembered in " + device)
                        .hasLineCount(1);
                assertThat(Files.isRegularFile(Path.of(device))).isEqualTo(regular);
            }
        }
    }

    @Test
    void aPipeIsNeitherReadNorReplaced() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        Process made;
        try {
            made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        } catch (IOException e) {
            System.out.println("Left out: a FIFO as the memory, because there is no mkfifo.");
            return;
        }
        assertThat(made.waitFor()).isZero();
        learnInto(pipe);
        assertThat(errors()).contains("it is no regular file").hasLineCount(1);
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(names()).containsExactly("pipe");
    }

    @Test
    void somebodyElsesFileIsLeftAlone() throws IOException {
        for (String text : List.of("something else\n", "prise-path", "\n", "\u00ff", "prise\n".repeat(1_000_000))) {
            Path file = Files.writeString(folder.resolve("notes"), text);
            learnInto(file);
            assertThat(errors())
                    .startsWith("prise: nothing is remembered in " + file)
                    .hasLineCount(1);
            assertThat(Files.readString(file).equals(text)).isTrue();
            assertThat(names()).containsExactly("notes");
        }
    }

    @Test
    void anEmptyFileAndABrokenOneOfOursAreTaken() throws IOException {
        Path file = folder.resolve("own");
        for (String text : List.of("", HEAD, "prise-paths 99\nnews\n", HEAD + "rtt\n")) {
            Files.writeString(file, text);
            learnInto(file);
            assertThat(errors().lines()).hasSize(text.isEmpty() || text.equals(HEAD) ? 0 : 1);
            assertThat(Files.readString(file)).startsWith(HEAD).contains("192.0.2.1");
        }
    }

    @Test
    void anEmptyAutomaticOneIsNotBroken() throws IOException {
        Path file = Files.writeString(folder.resolve("paths"), "");
        open(file, true).close();
        assertThat(errors()).isEmpty();
        assertThat(Files.readString(file)).startsWith(HEAD);
    }

    @Test
    void whatBecomesSomebodyElsesMeanwhileIsLeftAlone() throws IOException {
        Path file = folder.resolve("notes");
        try (HistoryFile opened = HistoryFile.named(file, InProcess.console(errors), false)) {
            opened.history().addText(HEAD + entry("192.0.2.1"));
            Files.writeString(file, "notes");
        }
        assertThat(errors()).contains("which is left alone").hasLineCount(1);
        assertThat(Files.readString(file)).isEqualTo("notes");
    }

    @Test
    void whatIsBesideItIsLeftAlone() throws IOException {
        Path other = Files.writeString(folder.resolve("paths.new"), "of somebody else");
        open(folder.resolve("paths"), true).close();
        assertThat(errors()).contains("paths.new is in the way");
        assertThat(Files.readString(other)).isEqualTo("of somebody else");
        Files.writeString(other, HEAD + "rt");
        errors.reset();
        open(folder.resolve("paths"), true).close();
        assertThat(errors()).isEmpty();
        assertThat(names()).containsExactly("paths", "paths.lock");
    }

    /** A FIFO is opened by nobody alone, and a link might lead anywhere. */
    @Test
    @Timeout(60)
    void aLockThatIsNoRegularFileIsInTheWay() throws Exception {
        Path lock = folder.resolve("paths.lock");
        Path notes = Files.writeString(folder.resolve("notes"), "notes");
        for (String[] command : new String[][] {
            {"mkfifo", lock.toString()}, {"ln", "-s", "notes", lock.toString()}, {"mkdir", lock.toString()}
        }) {
            try {
                assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
            } catch (IOException e) {
                System.out.println("Left out: a lock made by " + command[0] + ", because there is no such command.");
                continue;
            }
            errors.reset();
            open(folder.resolve("paths"), true).close();
            assertThat(errors())
                    .as(command[0])
                    .contains("paths.lock is in the way")
                    .hasLineCount(1);
            assertThat(names()).containsExactly("notes", "paths.lock");
            assertThat(Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)).isFalse();
            Files.delete(lock);
        }
        assertThat(Files.readString(notes)).isEqualTo("notes");
    }

    @Test
    void nothingIsWrittenIntoALock() throws IOException {
        Path lock = Files.writeString(folder.resolve("paths.lock"), "of somebody else");
        open(folder.resolve("paths"), true).close();
        assertThat(errors()).isEmpty();
        assertThat(Files.readString(lock)).isEqualTo("of somebody else");
        assertThat(folder.resolve("paths")).exists();
    }

    @Test
    @Timeout(60)
    void waitsForACommandThatTakesLong() throws Exception {
        Path file = folder.resolve("paths");
        Thread closing;
        try (FileChannel lock = heldLock(file)) {
            HistoryFile opened = open(file, true);
            opened.history().addText(HEAD + entry("192.0.2.1"));
            closing = Thread.ofPlatform().start(() -> opened.closeWithin(MOST_MILLIS));
            assertThat(closing.join(Duration.ofMillis(500))).isFalse();
            assertThat(lock.isOpen()).isTrue();
        }
        closing.join();
        assertThat(errors()).isEmpty();
        assertThat(Files.readString(file)).contains("192.0.2.1");
    }

    @Test
    @Timeout(60)
    void doesNotWaitForEverAndSaysSoWhenAsked() throws IOException {
        Path file = folder.resolve("paths");
        try (FileChannel lock = heldLock(file)) {
            for (boolean verbose : List.of(true, false)) {
                errors.reset();
                HistoryFile opened = open(file, verbose);
                opened.saveMeanwhile();
                opened.closeWithin(50);
                assertThat(errors())
                        .hasLineCount(verbose ? 1 : 0)
                        .contains(verbose ? file + ": another command holds its lock; --history" : "");
            }
            open(file, true).close();
            assertThat(lock.isOpen()).isTrue();
            assertThat(names()).containsExactly("paths.lock");
        }
    }

    private static FileChannel heldLock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(Path.of(file + ".lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        assertThat(channel.tryLock()).isNotNull();
        return channel;
    }

    @Test
    void linksToNothingAndToSomebodyElsesFileAreLeftAlone() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes"), "notes");
        Path dangling = folder.resolve("dangling");
        Path link = folder.resolve("link");
        try {
            Files.createSymbolicLink(dangling, folder.resolve("nothing"));
            Files.createSymbolicLink(link, notes);
        } catch (UnsupportedOperationException | IOException e) {
            System.out.println("Left out: symbolic links as the memory, because none can be made: " + e);
            return;
        }
        learnInto(dangling);
        assertThat(errors()).contains("it is a symbolic link to nothing").hasLineCount(1);
        learnInto(link);
        assertThat(errors()).contains("begins with prise-paths").hasLineCount(1);
        assertThat(Files.readString(notes)).isEqualTo("notes");
        assertThat(names()).containsExactly("dangling", "link", "notes");
        assertThat(dangling).isSymbolicLink();
    }

    @Test
    void aSymbolicLinkStaysOne() throws IOException {
        Path file = Files.writeString(folder.resolve("real"), HEAD);
        Path link = folder.resolve("link");
        try {
            Files.createSymbolicLink(link, file);
        } catch (UnsupportedOperationException | IOException e) {
            System.out.println("Left out: a symbolic link to the file, because none can be made: " + e);
            return;
        }
        try (HistoryFile opened = open(link, true)) {
            opened.history().addText(HEAD + entry("192.0.2.1"));
        }
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).contains("192.0.2.1");
    }

    @Test
    void twoCommandsAtOnceKeepWhatBothHaveLearnt() throws IOException {
        Path file = folder.resolve("paths");
        HistoryFile first = open(file, true);
        HistoryFile second = open(file, true);
        first.history().addText(HEAD + entry("192.0.2.1"));
        second.history().addText(HEAD + entry("192.0.2.2"));
        first.close();
        second.close();
        assertThat(Files.readString(file)).contains("192.0.2.1", "192.0.2.2");
        assertThat(names()).containsExactly("paths", "paths.lock");
    }

    @Test
    void manyWritersLeaveAWholeFileWithAllOfIt() throws IOException, InterruptedException {
        Path file = folder.resolve("paths");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String address = "192.0.2." + i;
            threads.add(Thread.ofPlatform().start(() -> {
                HistoryFile opened = open(file, true);
                opened.history().addText(HEAD + entry(address));
                opened.saveMeanwhile();
                opened.closeWithin(MOST_MILLIS);
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(errors()).isEmpty();
        String text = Files.readString(file);
        assertThat(text).startsWith(HEAD);
        assertThat(IntStream.range(0, 8).mapToObj(i -> "192.0.2." + i))
                .allSatisfy(address -> assertThat(text).contains(address));
    }

    @Test
    void offAndNowhereWriteNothing() throws IOException {
        try (HistoryFile off = HistoryFile.off();
                HistoryFile nowhere = open(null, true)) {
            off.saveMeanwhile();
            off.history().addText(HEAD + entry("192.0.2.1"));
            nowhere.history().addText(HEAD + entry("192.0.2.1"));
            assertThat(off.history().toText(10)).isEmpty();
            assertThat(nowhere.history().toText(10)).contains("192.0.2.1");
        }
        assertThat(names()).isEmpty();
        assertThat(errors()).isEmpty();
    }
}
