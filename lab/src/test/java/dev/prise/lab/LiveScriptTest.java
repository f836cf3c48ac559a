package dev.prise.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class LiveScriptTest {
    private final LiveScript script = new LiveScript();

    @Test
    void knowsNothingAtFirst() throws Exception {
        assertThat(kind("a.lab.test", Type.A)).isEqualTo(Reaction.Kind.NXDOMAIN);
        assertThat(kind(".", Type.A)).isEqualTo(Reaction.Kind.EMPTY);
    }

    @Test
    void aLineAddsOrReplacesOneType() throws Exception {
        put("a.lab.test A answer 192.0.2.1");
        put("a.lab.test AAAA servfail");
        put("A.lab.test. A refused");

        assertThat(kind("a.lab.test", Type.A)).isEqualTo(Reaction.Kind.REFUSED);
        assertThat(kind("a.lab.test", Type.AAAA)).isEqualTo(Reaction.Kind.SERVFAIL);
    }

    @Test
    void aDomainIsThereAsLongAsANameBelowIt() throws Exception {
        put("a.one.lab.test A drop");
        put("a.one.lab.test AAAA drop");
        put("b.one.lab.test A drop");
        assertThat(script.forget(name("a.one.lab.test"))).isTrue();

        assertThat(kind("a.one.lab.test", Type.A)).isEqualTo(Reaction.Kind.NXDOMAIN);
        assertThat(kind("one.lab.test", Type.A)).isEqualTo(Reaction.Kind.EMPTY);
        assertThat(script.verdict(name("x.one.lab.test"), Type.A).zone()).hasToString("one.lab.test.");

        assertThat(script.forget(name("b.one.lab.test"))).isTrue();
        assertThat(kind("one.lab.test", Type.A)).isEqualTo(Reaction.Kind.NXDOMAIN);
        assertThat(script.verdict(name("x.one.lab.test"), Type.A).zone()).hasToString(".");
        assertThat(script.forget(name("b.one.lab.test"))).isFalse();
    }

    @Test
    void followsAliases() throws Exception {
        put("a.lab.test CNAME b.lab.test");
        put("b.lab.test A answer 192.0.2.1");

        Script.Verdict verdict = script.verdict(name("a.lab.test"), Type.A);
        assertThat(verdict.aliases()).extracting(Record::rdataToString).containsExactly("b.lab.test.");
        assertThat(verdict.reaction().kind()).isEqualTo(Reaction.Kind.ANSWER);
    }

    @Test
    void anAliasThatWouldLeadBackToItselfChangesNothing() throws Exception {
        put("a.lab.test CNAME b.lab.test");
        put("b.lab.test CNAME c.lab.test");

        assertThatThrownBy(() -> put("c.lab.test CNAME a.lab.test"))
                .isInstanceOf(ScriptException.class)
                .hasMessage("expected an alias that ends somewhere, but c.lab.test leads back to itself");
        assertThatThrownBy(() -> put("d.lab.test CNAME d.lab.test"))
                .hasMessage("expected an alias that ends somewhere, but d.lab.test leads back to itself");
        assertThat(kind("a.lab.test", Type.A)).isEqualTo(Reaction.Kind.NXDOMAIN);
        put("b.lab.test CNAME d.lab.test");
        put("c.lab.test CNAME a.lab.test");
    }

    @Test
    void anAliasHasNothingElse() throws Exception {
        put("a.lab.test CNAME b.lab.test");
        put("b.lab.test A drop");

        assertThatThrownBy(() -> put("a.lab.test A drop"))
                .hasMessage("expected nothing beside the CNAME of a.lab.test, which is an alias");
        assertThatThrownBy(() -> put("b.lab.test CNAME c.lab.test"))
                .hasMessage("expected nothing beside the CNAME of b.lab.test, which is an alias");
        assertThat(kind("a.lab.test", Type.A)).isEqualTo(Reaction.Kind.DROP);
    }

    @Test
    void aMistakeNamesWhatWasExpectedAndNoPlace() {
        assertThatThrownBy(() -> put(" # nothing")).hasMessage("expected a name, but the line ends");
        assertThatThrownBy(() -> put("a.lab.test A anser 192.0.2.1"))
                .hasMessage("expected answer, empty, nxdomain, servfail, refused or drop, but found \"anser\"");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void aHundredThousandNamesAreNoMoreWorkEachThanOne() throws Exception {
        for (int i = 0; i < 100_000; i++) {
            put("r" + i + ".one.lab.test CNAME target.lab.test");
        }
        for (int i = 0; i < 100_000; i++) {
            assertThat(script.forget(name("r" + i + ".one.lab.test"))).isTrue();
        }

        assertThat(kind("lab.test", Type.A)).isEqualTo(Reaction.Kind.NXDOMAIN);
    }

    private void put(String line) throws ScriptException {
        script.put(ScriptParser.parseLine(line));
    }

    private Reaction.Kind kind(String name, int type) throws Exception {
        return script.verdict(name(name), type).reaction().kind();
    }

    private static Name name(String name) throws Exception {
        return Name.fromString(name, Name.root);
    }
}
