package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prise.Target;
import dev.prise.TlsSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsOptionsTest {
    private static final Target HOST = Target.of("two.test", 443);

    private static TlsOptions options(@Nullable String serverName, @Nullable String protocols) {
        TlsOptions options = new TlsOptions();
        options.tls = true;
        options.serverName = serverName;
        options.applicationProtocols = protocols;
        return options;
    }

    private static String refusal(TlsOptions options, Target target) {
        CommandException refused = catchThrowableOfType(CommandException.class, () -> options.settings(target));
        assertThat(refused).isNotNull();
        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        return refused.sentence();
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, a.example",
        "' a.example ', a.example",
        "[::1], ::1",
        "' [2001:db8::1] ', 2001:db8::1",
        "::1, ::1",
        "192.0.2.1, 192.0.2.1"
    })
    void serverNames(String given, String name) {
        TlsSettings settings = options(given, null).settings(HOST);
        assertThat(settings).isNotNull();
        assertThat(settings.serverName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "no name", "[two.test]", "[::1", "[]", "a\tb", "a\u0001", "b\u00fccher.example", "a..b"
            })
    void serverNamesThatAreNone(String given) {
        assertThat(refusal(options(given, "h2"), HOST))
                .startsWith("--server-name takes the name of a host or an address, not '" + given + "'")
                .doesNotContain("--alpn");
    }

    @Test
    void protocolsAreTrimmed() {
        TlsSettings settings = options(null, " h2 ,http/1.1").settings(HOST);
        assertThat(settings).isNotNull();
        assertThat(settings.applicationProtocols()).containsExactly("h2", "http/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "h2,,x", "h2,", "h2 http/1.1", "h2\u0007", "\u00fc", "h2,\u007f"})
    void protocolsThatAreNone(String given) {
        assertThat(refusal(options("a.example", given), HOST))
                .startsWith("--alpn takes a list such as h2,http/1.1, not '" + given + "'")
                .doesNotContain("--server-name");
    }

    @Test
    void namesHave255Characters() {
        assertThat(options(null, "x".repeat(255)).settings(HOST)).isNotNull();
        refusal(options(null, "x".repeat(256)), HOST);
        refusal(options("a.".repeat(128), null), HOST);
    }

    @Test
    void protocolsFitIntoAHandshakeTogether() {
        String name = "x".repeat(199) + ",";
        assertThat(options(null, name.repeat(299) + "h2").settings(HOST)).isNotNull();
        assertThat(refusal(options(null, name.repeat(300) + "h2"), HOST))
                .isEqualTo("--alpn takes names of 60,000 letters together, and these are more");
    }

    @Test
    void aPathHasNoTls() {
        assertThat(refusal(options(null, null), Target.unix("/a"))).contains("unix:/a", "leave --tls out");
    }
}
