package dev.prise.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class DnsScriptTest {
    @Test
    void answersTheRecordsOfALineInItsOrder() throws Exception {
        DnsScript script = script("both.dns.test AAAA answer 2001:db8::21  2001:db8::22 # two of them");

        Reaction reaction = reaction(script, "both.dns.test", Type.AAAA);

        assertThat(reaction.kind()).isEqualTo(Reaction.Kind.ANSWER);
        assertThat(reaction.delay()).isZero();
        assertThat(reaction.truncated()).isFalse();
        assertThat(reaction.records())
                .extracting(Record::rdataToString)
                .containsExactly("2001:db8:0:0:0:0:0:21", "2001:db8:0:0:0:0:0:22");
    }

    @Test
    void matchesNamesWithoutRegardToCaseOrALastDot() throws Exception {
        DnsScript script = script("Both.dns.test. a answer 192.0.2.21");

        assertThat(reaction(script, "bOTH.DNS.test", Type.A).records()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"empty, EMPTY", "nxdomain, NXDOMAIN", "servfail, SERVFAIL", "refused, REFUSED", "drop, DROP"})
    void knowsEachBehaviourThatHasNoRecords(String word, Reaction.Kind kind) throws Exception {
        assertThat(reaction(script("x.dns.test A " + word), "x.dns.test", Type.A))
                .isEqualTo(Reaction.of(kind));
    }

    @ParameterizedTest
    @CsvSource({"0ms, 0", "300ms, 300", "2s, 2000", "60s, 60000"})
    void delaysAnAnswer(String text, long millis) throws Exception {
        DnsScript script = script(
                "x.dns.test A delay " + text + " truncate answer 192.0.2.1",
                "x.dns.test AAAA delay " + text + " servfail");

        assertThat(reaction(script, "x.dns.test", Type.A).delay()).isEqualTo(Duration.ofMillis(millis));
        assertThat(reaction(script, "x.dns.test", Type.A).truncated()).isTrue();
        assertThat(reaction(script, "x.dns.test", Type.AAAA).delay()).isEqualTo(Duration.ofMillis(millis));
        assertThat(reaction(script, "x.dns.test", Type.AAAA).kind()).isEqualTo(Reaction.Kind.SERVFAIL);
    }

    @Test
    void takesRecordsOfOtherTypesInPresentationForm() throws Exception {
        DnsScript script = script(
                "svc.dns.test HTTPS answer 1 . alpn=h2,h3 port=8443 ipv6hint=2001:db8::2 | 2 other.dns.test.",
                "svc.dns.test SVCB answer 0 alias.dns.test",
                "_game._tcp.dns.test SRV answer 10 5 27015 both.dns.test");

        assertThat(rdata(script, "svc.dns.test", Type.HTTPS))
                .containsExactly("1 . alpn=h2,h3 port=8443 ipv6hint=2001:db8:0:0:0:0:0:2", "2 other.dns.test.");
        assertThat(rdata(script, "svc.dns.test", Type.SVCB)).containsExactly("0 alias.dns.test.");
        assertThat(rdata(script, "_game._tcp.dns.test", Type.SRV)).containsExactly("10 5 27015 both.dns.test.");
    }

    @Test
    void followsAliasesToWhatTheLastNameSays() throws Exception {
        DnsScript script = script(
                "a.dns.test CNAME b.dns.test",
                "b.dns.test CNAME c.other.test",
                "c.other.test A delay 1s answer 192.0.2.1");

        Script.Verdict verdict = script.verdict(name("a.dns.test"), Type.A);

        assertThat(verdict.aliases()).extracting(Record::rdataToString).containsExactly("b.dns.test.", "c.other.test.");
        assertThat(verdict.reaction().delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(script.verdict(name("a.dns.test"), Type.AAAA).reaction().kind())
                .isEqualTo(Reaction.Kind.EMPTY);
        assertThat(script.verdict(name("a.dns.test"), Type.CNAME).aliases()).isEmpty();
        assertThat(rdata(script, "a.dns.test", Type.CNAME)).containsExactly("b.dns.test.");
    }

    @Test
    void aNameIsThereWhenItOrANameBelowItIs() throws Exception {
        DnsScript script = script("a.dns.test A answer 192.0.2.1");

        assertThat(reaction(script, "a.dns.test", Type.AAAA).kind()).isEqualTo(Reaction.Kind.EMPTY);
        assertThat(reaction(script, "dns.test", Type.A).kind()).isEqualTo(Reaction.Kind.EMPTY);
        assertThat(reaction(script, "b.dns.test", Type.A).kind()).isEqualTo(Reaction.Kind.NXDOMAIN);
        assertThat(reaction(script, "localhost", Type.A).kind()).isEqualTo(Reaction.Kind.NXDOMAIN);
        assertThat(reaction(script, "below.a.dns.test", Type.A).kind()).isEqualTo(Reaction.Kind.NXDOMAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "a.dns.test, dns.test.",
        "b.dns.test, dns.test.",
        "c.b.dns.test, dns.test.",
        "other.test, test.",
        "nosuchhost.invalid, .",
        "., ."
    })
    void aDenialComesFromTheClosestDomainAbove(String name, String zone) throws Exception {
        DnsScript script = script("a.dns.test A answer 192.0.2.1");

        assertThat(script.verdict(Name.fromString(name, Name.root), Type.AAAA).zone())
                .hasToString(zone);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x.dns.test; a type (A, AAAA, HTTPS, SVCB, SRV or CNAME), but the line ends",
                "x.dns.test MX answer 10 y; a type (A, AAAA, HTTPS, SVCB, SRV or CNAME), but found \"MX\"",
                "x..test A drop; a name, but found \"x..test\"",
                "x.dns.test A; delay, truncate, answer, empty, nxdomain, servfail, refused or drop, but the line ends",
                "x.dns.test A anser 192.0.2.1; answer, empty, nxdomain, servfail, refused or drop, but found \"anser\"",
                "x.dns.test A answer; an address after answer",
                "x.dns.test A answer 192.0.2.256; an address of type A, but found \"192.0.2.256\"",
                "x.dns.test A answer 2001:db8::1; an address of type A, but found \"2001:db8::1\"",
                "x.dns.test AAAA answer 192.0.2.1; an address of type AAAA, but found \"192.0.2.1\"",
                "x.dns.test HTTPS answer; a record in presentation form after answer",
                "x.dns.test HTTPS answer 1 . |; a record in presentation form after answer",
                "x.dns.test SRV answer 1 2 y.test; a record in presentation form of type SRV, but found \"1 2 y.test\"",
                "x.dns.test A delay drop; a delay such as 300ms or 2s, of at most a minute, but found \"drop\"",
                "x.dns.test A delay 61s drop; a delay such as 300ms or 2s, of at most a minute, but found \"61s\"",
                "x.dns.test A delay -1s empty; a delay such as 300ms or 2s, of at most a minute, but found \"-1s\"",
                "x.dns.test A delay 1s; truncate, answer, empty, nxdomain, servfail, refused or drop, but the line ends",
                "x.dns.test A delay 1s drop; no delay before drop, which never answers",
                "x.dns.test A truncate drop; answer after truncate, but found \"drop\"",
                "x.dns.test A drop now; the end of the line, but found \"now\"",
                "x.dns.test CNAME; the name that the CNAME points at, but the line ends",
                "x.dns.test CNAME y.test z.test; the end of the line, but found \"z.test\"",
                "x.dns.test CNAME x.dns.test; an alias that ends somewhere, but x.dns.test leads back to itself"
            })
    void aMistakeNamesFileLineAndWhatWasExpected(String line, String expected) {
        assertThatThrownBy(() -> script("# first", "good.dns.test A drop", "", line))
                .isInstanceOf(ScriptException.class)
                .hasMessage("test.zone:4: expected " + expected);
    }

    @Test
    void aNameAndTypeHasOneLine() {
        assertThatThrownBy(() -> script("x.dns.test A drop", "X.dns.test. A empty"))
                .hasMessage(
                        "test.zone:2: expected one line for each name and type, but found X.dns.test A for the second time");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAliasHasNothingElse(boolean aliasFirst) {
        List<String> lines = List.of("x.dns.test CNAME y.dns.test", "x.dns.test A drop");

        assertThatThrownBy(() -> DnsScript.parse("test.zone", aliasFirst ? lines : lines.reversed()))
                .hasMessage("test.zone:2: expected nothing beside the CNAME of x.dns.test, which is an alias");
    }

    @Test
    void aCircleOfAliasesIsAMistake() {
        assertThatThrownBy(() -> script(
                        "in.dns.test CNAME a.dns.test", "a.dns.test CNAME b.dns.test", "b.dns.test CNAME a.dns.test"))
                .hasMessage("test.zone:1: expected an alias that ends somewhere, but a.dns.test leads back to itself");
    }

    @ParameterizedTest
    @CsvSource({"tutorial.zone, both.dns.test", "names.zone, sought.dns.test"})
    void theScriptsOfTheLaboratoryCanBeRead(String file, String name) throws Exception {
        DnsScript script = DnsScript.read(Path.of("dns", file));

        assertThat(reaction(script, name, Type.AAAA).records()).isNotEmpty();
    }

    private static DnsScript script(String... lines) throws ScriptException {
        return DnsScript.parse("test.zone", List.of(lines));
    }

    private static Reaction reaction(DnsScript script, String name, int type) throws Exception {
        return script.verdict(name(name), type).reaction();
    }

    private static List<String> rdata(DnsScript script, String name, int type) throws Exception {
        return reaction(script, name, type).records().stream()
                .map(Record::rdataToString)
                .toList();
    }

    private static Name name(String name) throws Exception {
        return Name.fromString(name, Name.root);
    }
}
