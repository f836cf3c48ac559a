package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prise.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CertificateFileTest {
    @TempDir
    static Path folder;

    private static String root;
    private static String good;
    private static String key;

    @BeforeAll
    static void make() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        root = Files.readString(certificates.rootFile());
        good = Files.readString(certificates.certificateFile("good"));
        key = Files.readString(certificates.keyFile("good"));
    }

    private static Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text, StandardCharsets.ISO_8859_1);
    }

    private static List<String> read(String text) throws IOException {
        return CertificateFile.read(file(text).toString()).stream()
                .map(each -> each.getSubjectX500Principal().getName())
                .toList();
    }

    private static String refusal(String name) {
        CommandException refused = catchThrowableOfType(CommandException.class, () -> CertificateFile.read(name));
        assertThat(refused).as(name).isNotNull();
        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.sentence())
                .startsWith("--ca ")
                .doesNotContain("WSA", "10061", "java", "signed fields", "Exception");
        return refused.sentence();
    }

    @Test
    void takesTheCertificatesAndPassesOverTheRest() throws IOException {
        String authority = "CN=Prise test authority";
        assertThat(read(root)).containsExactly(authority);
        assertThat(read(good + root)).containsExactly("CN=good", authority);
        assertThat(read(good + key)).containsExactly("CN=good");
        assertThat(read(key + good)).containsExactly("CN=good");
        assertThat(read("# from \u00fc\n" + key + "Bag Attributes\n" + good.replace("\n", "\r\n") + "\n" + root))
                .containsExactly("CN=good", authority);
        assertThat(read(root.replace(" CERTIFICATE", " X509 CERTIFICATE"))).containsExactly(authority);
    }

    /** A zero is also how a file in DER begins. */
    @Test
    void aTextMayBeginWithAZero() throws IOException {
        assertThat(read("0 - our root\n" + root)).containsExactly("CN=Prise test authority");
        assertThat(read("0\u0082\n" + root)).containsExactly("CN=Prise test authority");
        assertThat(refusal(file("0 - our key\n" + key).toString())).contains(" has no certificates; give a PEM file");
    }

    /** Time that grew with their square would take minutes. */
    @Test
    void takesThousands() throws IOException {
        assertThat(read(root.repeat(20_000))).hasSize(20_000);
        int lines = (int) root.lines().count();
        assertThat(refusal(file("\n" + root.repeat(3) + root.replaceFirst("MII", "!=="))
                        .toString()))
                .contains("the certificate in line " + (2 + 3 * lines) + " is none that can be read");
    }

    @Test
    void takesOneInDerToo() throws Exception {
        X509Certificate authority = CertificateFile.read(file(root).toString()).get(0);
        Path der = Files.write(folder.resolve("root.der"), authority.getEncoded());
        assertThat(CertificateFile.read(der.toString())).containsExactly(authority);
    }

    @Test
    void saysWhatIsWrongWithTheText() throws IOException {
        for (String text : List.of("", "no certificate", key)) {
            assertThat(refusal(file(text).toString())).contains(" has no certificates; give a PEM file");
        }
        String middle = root.substring(0, root.length() / 2);
        assertThat(refusal(file("\n" + middle).toString()))
                .contains("is not whole: the certificate in line 2 has no end");
        for (String bad : List.of(middle + "\n-----END CERTIFICATE-----\n", root.replaceFirst("MII", "!=="))) {
            assertThat(refusal(file(bad).toString())).contains("the certificate in line 1 is none that can be read");
        }
        assertThat(refusal(file("0\u0082").toString())).contains("what is in it is none that can be read");
    }

    @Test
    void saysWhyItCannotBeRead() throws IOException {
        assertThat(refusal("")).isEqualTo("--ca takes a file of certificates, not an empty word");
        assertThat(refusal(folder.resolve("missing").toString()))
                .endsWith(" cannot be read: there is no such file or folder");
        assertThat(refusal(folder.toString())).contains("is no regular file");
        assertThat(refusal("nul\0inside")).contains("cannot be a file");
        byte[] large = new byte[(16 << 20) + 1];
        assertThat(refusal(Files.write(folder.resolve("large"), large).toString()))
                .contains("more than 16 MB");
    }

    @Test
    void waitsForNoPipeAndReadsNoDevice() throws Exception {
        for (String device : List.of("/dev/zero", "/dev/tty")) {
            if (Files.exists(Path.of(device))) {
                assertThat(refusal(device)).contains("is no regular file");
            }
        }
        Path pipe = folder.resolve("pipe");
        Process made;
        try {
            made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        } catch (IOException e) {
            System.out.println("Left out: --ca with a FIFO, because there is no mkfifo.");
            return;
        }
        assertThat(made.waitFor()).isZero();
        assertThat(refusal(pipe.toString())).contains("is no regular file");
    }
}
