package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.cli.TlsFacts.PeerCertificate;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TlsFactsTest {
    private static final Instant END = Instant.parse("2027-01-31T12:00:00.987Z");

    @Test
    void nothingAgreedOnAndNoCertificate() {
        TlsFacts facts = new TlsFacts("TLSv1.2", "TLS_X", null, null);
        assertThat(facts.lines()).containsExactly("", "TLSv1.2, TLS_X, ALPN none", "no certificate");
        assertThat(facts.toJson())
                .isEqualTo("{\"protocol\": \"TLSv1.2\", \"cipher_suite\": \"TLS_X\", \"application_protocol\": null,"
                        + " \"certificate\": null}");
    }

    @Test
    void whatThePeerChoseIsQuotedInJsonAndPlainForPeople() {
        TlsFacts facts = new TlsFacts(
                "TLSv1.3", "TLS_X", "h2\"\u0007", new PeerCertificate("CN=\"a\\\u001b[1m", "CN=\u00fc", END));
        assertThat(facts.lines().toString()).doesNotContain("\u0007", "\u001b").contains("until 2027-01-31");
        Map<?, ?> json = (Map<?, ?>) JsonCheck.parse(facts.toJson());
        assertThat(json.get("application_protocol")).isEqualTo("h2\"\u0007");
        assertThat(json.get("certificate"))
                .isEqualTo(Map.of(
                        "subject", "CN=\"a\\\u001b[1m", "issuer", "CN=\u00fc", "not_after", "2027-01-31T12:00:00Z"));
    }
}
