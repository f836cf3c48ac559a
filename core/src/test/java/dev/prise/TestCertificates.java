package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates of an authority of our own, made by keytool. */
public final class TestCertificates {
    private static final String PASSWORD = "secret";

    private final Path store;

    /** Makes them in a folder, which takes some seconds. */
    public TestCertificates(Path folder) {
        store = folder.resolve("keys.p12");
        keytool("-alias", "root", "-dname", "CN=Prise test authority", "-ext", "bc:c", "-validity", "30");
        keytool("-alias", "other-root", "-dname", "CN=Nobody's authority", "-ext", "bc:c", "-validity", "30");
        leaf("good", "root", "san=dns:localhost,dns:two.test,dns:one.test,ip:127.0.0.1", "-validity", "20");
        leaf("wrong-name", "root", "san=dns:a.example,dns:b.example", "-validity", "20");
        leaf("six", "root", "san=ip:::1,ip:2001:db8::1", "-validity", "20");
        leaf("nameless", "root", "ku=digitalSignature", "-validity", "20");
        leaf("expired", "root", "san=dns:two.test", "-startdate", "2020/01/01 00:00:00", "-validity", "31");
        leaf("early", "root", "san=dns:two.test", "-startdate", "2120/01/01 00:00:00", "-validity", "31");
        leaf("unknown-issuer", "other-root", "san=dns:two.test", "-validity", "20");
        keytool("-alias", "self-signed", "-dname", "CN=two.test", "-ext", "san=dns:two.test", "-validity", "20");
    }

    /** A certificate "large" of about 30 KiB, near what the JDK takes for a chain. */
    void addLarge() {
        String names = IntStream.range(0, 1450)
                .mapToObj(i -> ",dns:host-%06d.example".formatted(i))
                .collect(Collectors.joining());
        leaf("large", "root", "san=dns:one.test" + names, "-validity", "20");
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

    /** The authority's. */
    X509Certificate root() throws GeneralSecurityException {
        return (X509Certificate) load().getCertificate("root");
    }

    /** The context of a server that has this key alone. */
    public SSLContext server(String alias) throws GeneralSecurityException, IOException {
        KeyStore all = load();
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        Certificate[] chain = all.getCertificateChain(alias);
        one.setKeyEntry(alias, all.getKey(alias, PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** The context of a client that trusts the authority. */
    SSLContext client() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** A PEM file of the authority's certificate. */
    public Path rootFile() throws GeneralSecurityException, IOException {
        return certificateFile("root");
    }

    /** A PEM file of a key's certificate. */
    public Path certificateFile(String alias) throws GeneralSecurityException, IOException {
        return pem(alias + ".pem", "CERTIFICATE", load().getCertificate(alias).getEncoded());
    }

    /** A PEM file of a key. */
    public Path keyFile(String alias) throws GeneralSecurityException, IOException {
        byte[] key = load().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        return pem(alias + ".key", "PRIVATE KEY", key);
    }

    private Path pem(String file, String kind, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                store.resolveSibling(file), "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
