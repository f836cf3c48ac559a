package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorNumbering;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
    private static InProcess explain(String... asked) {
        String[] arguments = new String[asked.length + 1];
        arguments[0] = "explain";
        System.arraycopy(asked, 0, arguments, 1, asked.length);
        return InProcess.run(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10061",
                "111",
                "WSAECONNREFUSED",
                "ECONNREFUSED",
                "econnrefused",
                "CONNECTION_REFUSED",
                "connection_refused",
                "connection-refused",
                " ECONNREFUSED ",
                "refused",
                "Connection refused",
                "No connection could be made because the target machine actively refused it"
            })
    void allWaysToAskForOne(String asked) {
        InProcess run = explain(asked);
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .hasSize(8)
                .contains(
                        "  Linux    ECONNREFUSED 111",
                        "  macOS    ECONNREFUSED 61",
                        "  Windows  WSAECONNREFUSED 10061",
                        "  traces   CONNECTION_REFUSED",
                        "  to try   check that the server runs and listens there");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10061                       | 10061 on Windows is WSAECONNREFUSED: refused
            61                          | 61 on macOS is ECONNREFUSED: refused
            45                          | 45 on macOS is EOPNOTSUPP: operation not supported by this socket
            22                          | 22 on Linux and macOS is EINVAL: invalid argument
            -2                          | -2 on Linux from getaddrinfo is EAI_NONAME: name not known
            11001                       | 11001 on Windows from getaddrinfo is WSAHOST_NOT_FOUND: name not known
            10109                       | 10109 on Windows from getaddrinfo is WSATYPE_NOT_FOUND: service not known
            EAI_NONAME                  | EAI_NONAME: name not known
            EAI_SERVICE                 | EAI_SERVICE: service not known
            Name or service not known   | EAI_NONAME: name not known
            EWOULDBLOCK                 | EAGAIN: the server's queue is full
            10093                       | 10093 on Windows is WSANOTINITIALISED: Winsock is not started
            10110                       | WSA_E_NO_MORE 10110 counts as EAI_ALLDONE: all lookups have ended
            WSA_E_NO_MORE               | WSA_E_NO_MORE 10110 counts as EAI_ALLDONE: all lookups have ended
            10102                       | WSAENOMORE 10102 counts as EAI_ALLDONE: all lookups have ended
            WSAENOMORE                  | WSAENOMORE 10102 counts as EAI_ALLDONE: all lookups have ended
            10103                       | WSAECANCELLED 10103 counts as EAI_CANCELED: the lookup was cancelled
            wsaecancelled               | WSAECANCELLED 10103 counts as EAI_CANCELED: the lookup was cancelled
            10111                       | 10111 on Windows from getaddrinfo is WSA_E_CANCELLED: the lookup was cancelled
            10108                       | WSASERVICE_NOT_FOUND 10108 counts as EAI_SERVICE: service not known
            WSASERVICE_NOT_FOUND        | WSASERVICE_NOT_FOUND 10108 counts as EAI_SERVICE: service not known
            10112                       | WSAEREFUSED 10112 counts as EAI_FAIL: name lookup failed
            WSAEREFUSED                 | WSAEREFUSED 10112 counts as EAI_FAIL: name lookup failed
            An invalid argument was supplied. | EINVAL: invalid argument
            """)
    void headings(String asked, String heading) {
        assertThat(explain(asked).out().lines().toList().get(0)).isEqualTo(heading);
    }

    @Test
    void sentenceWithACodeInItIsExplainedByTheCode() {
        String sentence = "prise: cannot connect to localhost port 1: refused (ECONNREFUSED, WSAECONNREFUSED 10061)";
        assertThat(InProcess.run("explain", sentence).out()).startsWith("ECONNREFUSED: refused\n");
        assertThat(InProcess.run("explain", "timeout").out()).startsWith("ETIMEDOUT: ");
    }

    @Test
    void aNumberOfSeveralSystemsIsExplainedForEach() {
        assertThat(headings("8"))
                .containsExactly(
                        "8 on macOS from getaddrinfo is EAI_NONAME: name not known",
                        "8 on Windows from getaddrinfo is WSA_NOT_ENOUGH_MEMORY: no memory for the lookup",
                        "8 on Windows is WSA_NOT_ENOUGH_MEMORY: out of memory");
        assertThat(headings("11"))
                .containsExactly(
                        "11 on macOS from getaddrinfo is EAI_SYSTEM: the system failed during the lookup",
                        "11 on Linux is EAGAIN: the server's queue is full");
    }

    @Test
    void aWordOfSeveralMeaningsIsExplainedForEach() {
        assertThat(headings("unreachable"))
                .containsExactly("ENETUNREACH: network unreachable", "EHOSTUNREACH: host unreachable");
        assertThat(headings("WSAEINVAL"))
                .containsExactly("EAI_BADFLAGS: flags of the lookup not valid", "EINVAL: invalid argument");
    }

    @Test
    void severalAreExplainedOnceEach() {
        assertThat(headings("ECONNREFUSED", "refused", "ETIMEDOUT"))
                .containsExactly("ECONNREFUSED: refused", "ETIMEDOUT: no answer in time");
    }

    private static List<String> headings(String... asked) {
        return explain(asked)
                .out()
                .lines()
                .filter(line -> line.matches("\\S.*"))
                .toList();
    }

    @Test
    void whatASystemDoesNotHaveIsSaid() {
        assertThat(explain("EAI_ADDRFAMILY").out())
                .contains("  Windows  none of its own; the nearest is WSAHOST_NOT_FOUND 11001\n");
        assertThat(explain("WSANOTINITIALISED").out()).contains("  Linux    none\n  macOS    none\n");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void eachCodeIsFoundByAllItsNamesAndNumbers(ErrorCode code) {
        assertThat(explain(code.name()).out()).contains("  traces   " + code.name() + "\n");
        assertThat(explain(code.shortName()).out()).contains("  traces   " + code.name() + "\n");
        for (ErrorNumbering system : ErrorNumbering.values()) {
            code.number(system)
                    .ifPresent(number -> assertThat(explain("" + number).out())
                            .contains(number + " on ", system.systemName(), "  traces   " + code.name() + "\n"));
        }
    }

    @Test
    void allAreListedInColumns() {
        InProcess run = explain();
        assertThat(run.status()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(ErrorCode.values().length + 1).allMatch(line -> line.length() <= 100);
        int column = lines.get(0).indexOf("meaning");
        Iterator<String> rows = lines.listIterator(1);
        for (ErrorCode code : ErrorCode.values()) {
            String line = rows.next();
            assertThat(line.substring(column)).isEqualTo(code.meaning());
            assertThat(line.substring(0, column)).contains(code.winsockName() + " " + code.winsock());
            assertThat(line).startsWith(code.posix() == null ? "- " : code.posix() + " ");
        }
        assertThat(lines)
                .contains("ECONNREFUSED       111  WSAECONNREFUSED 10061         refused")
                .contains("EAI_ADDRFAMILY      -9  (WSAHOST_NOT_FOUND 11001)     the address is of another family");
    }

    @Test
    void linesFitTheReader() {
        InProcess narrow = InProcess.run(
                StandardCharsets.US_ASCII, Map.of("COLUMNS", "50"), "", "explain", "EINVAL", "EAI_NONAME", "EAGAIN");
        assertThat(narrow.out().lines()).allMatch(line -> line.length() <= 50);
        assertThat(narrow.out().replaceAll("\n {11}", " ")).contains(ErrorCode.INVALID_ARGUMENT.causes());
    }

    @Test
    void jsonHasAllOrWhatWasAskedFor() {
        Map<?, ?> all = (Map<?, ?>) JsonCheck.parse(explain("--json").out());
        assertThat(all.get("schema")).isEqualTo("prise.codes/1");
        assertThat((List<?>) all.get("codes")).hasSize(ErrorCode.values().length);
        InProcess one = explain("ECONNREFUSED", "--json", "111");
        assertThat(one.out()).isEqualTo("""
                {"schema": "prise.codes/1", "codes": [{"code": "CONNECTION_REFUSED", "posix": "ECONNREFUSED", \
                "winsock_name": "WSAECONNREFUSED", "winsock": 10061, "resolution": false, \
                "numbers": {"linux": 111, "macos": 61, "windows": 10061}, "meaning": "refused", \
                "causes": "the server does not run, listens on another port, address or family, or a firewall rejects", \
                "advice": "check that the server runs and listens there"}]}
                """);
        JsonCheck.parse(one.out());
        assertThat(explain("--json", "WSANOTINITIALISED").out())
                .contains("\"posix\": null", "\"numbers\": {\"linux\": null, \"macos\": null, \"windows\": 10093}");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void jsonHasWhatTheTableHas(ErrorCode code) {
        Map<?, ?> json =
                (Map<?, ?>) JsonCheck.parse(explain("--json", code.name()).out());
        assertThat((List<?>) json.get("codes")).anySatisfy(each -> {
            Map<?, ?> object = (Map<?, ?>) each;
            assertThat(object.get("code")).isEqualTo(code.name());
            assertThat(object.get("meaning")).isEqualTo(code.meaning());
            assertThat(object.get("causes")).isEqualTo(code.causes());
            assertThat(object.get("advice")).isEqualTo(code.advice());
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ECONREFUSED     | there is no code 'ECONREFUSED'; the nearest is ECONNREFUSED, and prise explain lists all
            wsaeconrefused  | there is no code 'wsaeconrefused'; the nearest is WSAECONNREFUSED, and prise explain lists all
            EAI_NONAMES     | there is no code 'EAI_NONAMES'; the nearest is EAI_NONAME, and prise explain lists all
            -111            | there is no code '-111'; the nearest is 111, and prise explain lists all
            12345           | there is no code '12345'; the nearest is 10045, and prise explain lists all
            10660           | there is no code '10660'; the nearest is 10060, and prise explain lists all
            refuse          | there is no code 'refuse'; the nearest is refused, and prise explain lists all
            zzz             | there is no code 'zzz'; the nearest is EIO, and prise explain lists all
            ''              | the code is empty; prise explain lists all
            --jsn           | there is no option '--jsn'; see prise explain --help
            """)
    void unknownOnesGetASentence(String asked, String sentence) {
        assertThat(explain(asked)).isEqualTo(new InProcess(ExitStatus.USAGE, "", "prise: " + sentence + "\n"));
    }

    @Test
    void longOnesAreShortened() {
        assertThat(explain("y".repeat(1000)).err()).hasSizeLessThan(120).contains("yyy...yyy");
        assertThat(explain("-" + "y".repeat(1000)).err()).hasSizeLessThan(120);
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "a, '', 1", "abc, abd, 1", "abc, ac, 1", "kitten, sitting, 3", "ab, ba, 2"})
    void distances(String from, String to, int distance) {
        assertThat(CodeSearch.distance(from, to)).isEqualTo(distance);
        assertThat(CodeSearch.distance(to, from)).isEqualTo(distance);
    }
}
