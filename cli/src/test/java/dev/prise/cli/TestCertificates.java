package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Keys and certificates of an authority of our own, made by keytool. */
final class TestCertificates {
    private static final String PASSWORD = "secret";

    private final Path store;

    TestCertificates(Path folder) {
        store = folder.resolve("keys.p12");
        keytool("-alias", "root", "-dname", "CN=Prise test authority", "-ext", "bc:c", "-validity", "30");
        leaf("good", "root", "san=dns:localhost,dns:two.test,dns:one.test,ip:127.0.0.1", "-validity", "20");
        leaf("wrong-name", "root", "san=dns:a.example,dns:b.example", "-validity", "20");
        leaf("expired", "root", "san=dns:two.test", "-startdate", "2020/01/01 00:00:00", "-validity", "31");
        keytool("-alias", "self-signed", "-dname", "CN=two.test", "-ext", "san=dns:two.test", "-validity", "20");
    }

    private void leaf(String alias, String signer, String extension, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("-alias", alias, "-signer", signer, "-dname", "CN=" + alias, "-ext", extension));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(String[]::new));
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private KeyStore load() throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PEM file of the authority's certificate. */
    Path root() throws GeneralSecurityException, IOException {
        return pem("root.pem", "CERTIFICATE", load().getCertificate("root").getEncoded());
    }

    /** A PEM file of a key's certificate. */
    Path certificate(String alias) throws GeneralSecurityException, IOException {
        return pem(alias + ".pem", "CERTIFICATE", load().getCertificate(alias).getEncoded());
    }

    /** A PEM file of a key. */
    Path key(String alias) throws GeneralSecurityException, IOException {
        byte[] key = load().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        return pem(alias + ".key", "PRIVATE KEY", key);
    }

    private Path pem(String file, String kind, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                store.resolveSibling(file), "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
