package dev.prise.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/errors.md is made from the table of codes; {@code -Dprise.regenerate=true} writes it anew. */
class ErrorPageTest {
    private static final Path PAGE = Path.of("").toAbsolutePath().getParent().resolve("docs/errors.md");
    private static final String AGAIN = "mvn test -pl core -Dtest=ErrorPageTest -Dprise.regenerate=true";

    private static final String INTRODUCTION = """
            # Error codes

            What name lookup, the socket calls and TLS can end with, on Linux, macOS and Windows. `prise explain CODE` shows the same for a
            number, a name or a word of the meaning, and `ErrorCodes` finds it in a program. The same number is another error on another
            system: 61 is `ECONNREFUSED` on macOS and no data on Linux.

            The first column has the name of POSIX (`errno`, `EAI_`) and below it the one in traces, in JSON and of the enum `ErrorCode`. A
            name of Winsock in parentheses is the nearest one, where Winsock has none for this error. The numbers of Linux are those of
            x86-64, ARM, RISC-V, POWER and IBM Z; those of macOS and Windows come from their headers and documentation and were not run.

            This page is made from `ErrorCode` by a test (`%s`), which fails when
            the page is stale.

            ## Which exception has which code

            Every failed dial throws a `DialFailure`: `code()` is the reason, `trace()` the whole story, and the message names every address
            that was tried. What else can be done with one is in [the cookbook](cookbook.md#17-explain-a-failure).

            | exception | is a | when | its codes |
            |---|---|---|---|
            | `DialUnknownHostException` | `UnknownHostException` | the name has no address that could be tried | those of [name lookup](#name-lookup) |
            | `DialConnectException` | `ConnectException` | no address could be connected to, or none got ready | `ECONNREFUSED`, those of [TLS](#tls), and the others of [sockets](#sockets) |
            | `DialNoRouteException` | `NoRouteToHostException` | the same for want of a way there | `EHOSTUNREACH` |
            | `DialTimeoutException` | `SocketTimeoutException` | the deadline has passed | `ETIMEDOUT` |
            | `DialInterruptedException` | `InterruptedIOException` | the thread was interrupted | `EINTR` |
            """.formatted(AGAIN);

    private static final List<Section> SECTIONS = List.of(
            new Section("Name lookup", ErrorCode::isResolution),
            new Section("Sockets", code -> code.posix() != null && !code.isResolution()),
            new Section("TLS", ErrorPageTest::isTls),
            new Section("Winsock alone", code -> code.posix() == null && !isTls(code)));

    /** A part of the page. */
    private record Section(String title, Predicate<ErrorCode> has) {
        String text() {
            return "\n## " + title + "\n\n| code | Linux | macOS | Windows | means, and usually comes from | to try |\n"
                    + "|---|---|---|---|---|---|\n"
                    + Arrays.stream(ErrorCode.values())
                            .filter(has)
                            .map(ErrorPageTest::row)
                            .collect(Collectors.joining());
        }
    }

    @Test
    @DisplayName("docs/errors.md is what the table of codes says; -Dprise.regenerate=true writes it")
    void page() throws IOException {
        String text = text();
        if (Boolean.getBoolean("prise.regenerate")) {
            Files.writeString(PAGE, text);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/errors.md is stale; to write it anew: " + AGAIN)
                .isEqualTo(text);
    }

    @Test
    @DisplayName("each code is on the page once")
    void complete() {
        assertThat(Arrays.stream(ErrorCode.values()))
                .allSatisfy(code -> assertThat(SECTIONS.stream().filter(section -> section.has.test(code)))
                        .hasSize(1));
    }

    private static String text() {
        return INTRODUCTION + SECTIONS.stream().map(Section::text).collect(Collectors.joining());
    }

    private static boolean isTls(ErrorCode code) {
        return code.name().startsWith("TLS_");
    }

    private static String row(ErrorCode code) {
        String names = code.posix() == null ? "" : "`" + code.posix() + "`<br>";
        return "| " + names + "`" + code.name() + "` | " + number(code, ErrorNumbering.LINUX) + " | "
                + number(code, ErrorNumbering.MACOS) + " | " + windows(code) + " | **" + code.meaning() + "**: "
                + code.causes() + " | " + code.advice() + " |\n";
    }

    private static String number(ErrorCode code, ErrorNumbering system) {
        OptionalInt number = code.number(system);
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "–";
    }

    private static String windows(ErrorCode code) {
        String both = "`" + code.winsockName() + "`<br>" + code.winsock();
        return code.number(ErrorNumbering.WINDOWS).isPresent() ? both : "(" + both + ")";
    }
}
