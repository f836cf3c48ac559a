package dev.prise.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceRowTest {
    private static final String BEGINNING = "{\"schema\": \"prise.addrinfo/1\", \"host\": \"h\", \"service\": null, "
            + "\"hints\": {\"family\": \"any\", \"type\": \"stream\", \"protocol\": \"tcp\", \"flags\": []}, ";

    @Test
    void saysWhatToAskTheCommand() {
        ReferenceRow row = row("\"::1\"", "\"80\"", "AF_INET6/DGRAM/UDP flags=ALL|V4MAPPED", "-2", "EAI_NONAME", "-");

        assertThat(row.number()).isEqualTo(7);
        assertThat(row.arguments())
                .isEqualTo(List.of(
                        "resolve --json --family inet6 --type datagram --protocol udp --flags all,v4mapped -- ::1 80"
                                .split(" ")));
        assertThat(row.answer()).isEqualTo("-2 EAI_NONAME");
        assertThat(row.exitStatus()).isEqualTo(3);
    }

    @Test
    void numbersStayNumbersAndFieldsThatAreNotLookedAtAreLeftOut() {
        ReferenceRow row = row("\"h\"", "\"-1\"", "99/0/132 flags=0x200000 ai_next!=0", "-1", "EAI_BADFLAGS", "-");

        assertThat(row.arguments())
                .containsSubsequence(
                        "--family", "99", "--type", "0", "--protocol", "132", "--flags", "0x200000", "--", "h", "-1");
    }

    @Test
    void nullIsAHyphenForTheNodeAndNothingElsewhere() {
        ReferenceRow row = row("NULL", "NULL", "hints=NULL", "-2", "EAI_NONAME", "-");

        assertThat(row.arguments()).containsExactly("resolve", "--json", "--no-hints", "--", "-");
    }

    @Test
    void namesMayHaveEscapedBytesOrBeTooLongToBeWrittenDown() {
        assertThat(row("\"b\\xc3\\xbccher\\x0a\"", "NULL", "hints=NULL", "0", "OK", "-")
                        .node())
                .isEqualTo("b\u00fccher\n");
        assertThat(row("<1030 chars, starts aaaaaaaa>", "NULL", "hints=NULL", "0", "OK", "-")
                        .node())
                .hasSize(1030)
                .containsOnlyOnce("a".repeat(1030));
    }

    @Test
    void theCommandsAnswerReadsAsTheRowDoes() {
        String json =
                BEGINNING + "\"resolver\": \"getaddrinfo\", \"fallback_reason\": null, \"code\": 0, \"posix\": null, "
                        + "\"winsock\": null, \"results\": [{\"family\": \"inet6\", \"address\": \"::1\", \"scope\": 0, \"port\": 80, "
                        + "\"type\": \"stream\", \"protocol\": \"tcp\", \"canonical_name\": \"h\", \"why\": \"rule 6\"}, "
                        + "{\"family\": \"inet\", \"address\": \"127.0.0.1\", \"scope\": 0, \"port\": 80, \"type\": \"datagram\", "
                        + "\"protocol\": \"any\", \"canonical_name\": null, \"why\": \"rule 6\"}]}";

        assertThat(ReferenceRow.answerOf(json))
                .isEqualTo(row(
                                "\"h\"",
                                "\"80\"",
                                "AF_UNSPEC/0/0 flags=CANONNAME",
                                "0",
                                "OK",
                                "6:[::1%0]:80/STREAM/TCP/len28/flags=0x2/canon=\"h\" ; 4:127.0.0.1:80/DGRAM/0/len16/flags=0x2")
                        .answer());
    }

    @Test
    void aFailureHasItsCodeAndItsName() {
        String json = BEGINNING + "\"resolver\": \"getaddrinfo\", \"fallback_reason\": null, \"code\": -3, "
                + "\"posix\": \"EAI_AGAIN\", \"winsock\": 11002, \"results\": []}";

        assertThat(ReferenceRow.answerOf(json)).isEqualTo("-3 EAI_AGAIN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"resolver\": \"jdk\", \"fallback_reason\": null, \"code\": 0, \"posix\": null, \"results\": []",
                "\"resolver\": \"getaddrinfo\", \"fallback_reason\": null, \"code\": 0, \"posix\": null, {\"why\": \"new\"}"
            })
    void whatTheSystemDidNotSayIsNoAnswer(String json) {
        assertThat(ReferenceRow.answerOf(json)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\t\"h\"", "1\th\tNULL\thints=NULL\t0\tOK\t0\t-"})
    void whatIsNoRowIsRefused(String line) {
        assertThatThrownBy(() -> ReferenceRow.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ReferenceRow row(
            String node, String service, String hints, String code, String name, String results) {
        return ReferenceRow.parse(String.join("\t", "7", node, service, hints, code, name, "0", results));
    }
}
