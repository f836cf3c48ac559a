package dev.prise.address;

import static dev.prise.address.ErrorNumbering.LINUX;
import static dev.prise.address.ErrorNumbering.MACOS;
import static dev.prise.address.ErrorNumbering.WINDOWS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of each system to codes and back. */
class ErrorNumberingTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, LINUX",
        "Mac OS X, MACOS",
        "Darwin, MACOS",
        "FreeBSD, MACOS",
        "OpenBSD, MACOS",
        "Windows 11, WINDOWS",
        "Windows Server 2022, WINDOWS",
        "AIX, LINUX",
        "'', LINUX"
    })
    void systemsAreKnownByTheirName(String osName, ErrorNumbering numbering) {
        assertThat(ErrorNumbering.ofSystem(osName)).isEqualTo(numbering);
    }

    @Test
    void thisSystemHasOne() {
        assertThat(ErrorNumbering.current()).isEqualTo(ErrorNumbering.ofSystem(System.getProperty("os.name")));
    }

    @ParameterizedTest
    @CsvSource({"LINUX, Linux, linux", "MACOS, macOS, macos", "WINDOWS, Windows, windows"})
    void namesForPeopleAndForJson(ErrorNumbering numbering, String systemName, String jsonName) {
        assertThat(numbering.systemName()).isEqualTo(systemName);
        assertThat(numbering.jsonName()).isEqualTo(jsonName);
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void eachNumberLeadsBackToItsCode(ErrorCode code) {
        for (ErrorNumbering numbering : ErrorNumbering.values()) {
            OptionalInt number = code.number(numbering);
            if (number.isPresent()) {
                assertThat(
                                code.isResolution()
                                        ? ErrorCodes.ofGetaddrinfo(numbering, number.getAsInt())
                                        : ErrorCodes.ofErrno(numbering, number.getAsInt()))
                        .as(numbering + " " + number.getAsInt())
                        .isEqualTo(code);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void numbersAreInTheRangeOfTheirKind(ErrorCode code) {
        OptionalInt linux = code.number(LINUX);
        OptionalInt macos = code.number(MACOS);
        OptionalInt windows = code.number(WINDOWS);
        assertThat(linux.isPresent() || macos.isPresent() || windows.isPresent())
                .isEqualTo(!code.name().startsWith("TLS_"));
        linux.ifPresent(n -> assertThat(n < 0).isEqualTo(code.isResolution()));
        macos.ifPresent(n -> assertThat(n).isPositive().isLessThanOrEqualTo(code.isResolution() ? 14 : 102));
        windows.ifPresent(n -> assertThat(n).isEqualTo(code.winsock()));
        assertThat(code.posix() == null).isEqualTo(linux.isEmpty() && macos.isEmpty());
    }

    @Test
    void errnoAndLookupNumbersAreApart() {
        assertThat(ErrorCodes.ofErrno(MACOS, 9)).isEqualTo(ErrorCode.BAD_DESCRIPTOR);
        assertThat(ErrorCodes.ofGetaddrinfo(MACOS, 9)).isEqualTo(ErrorCode.SERVICE_NOT_FOUND);
        assertThat(ErrorCodes.ofErrno(WINDOWS, 10022)).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(ErrorCodes.ofGetaddrinfo(WINDOWS, 10022)).isEqualTo(ErrorCode.BAD_FLAGS);
        assertThat(ErrorCodes.ofErrno(WINDOWS, 8)).isEqualTo(ErrorCode.OUT_OF_MEMORY);
        assertThat(ErrorCodes.ofGetaddrinfo(WINDOWS, 8)).isEqualTo(ErrorCode.LOOKUP_MEMORY);
        assertThat(ErrorCodes.ofErrno(LINUX, -2)).isEqualTo(ErrorCode.UNKNOWN);
        assertThat(ErrorCodes.ofGetaddrinfo(LINUX, 2)).isEqualTo(ErrorCode.UNKNOWN);
    }

    @Test
    void winsockHasOneRowOfNumbers() {
        assertThat(ErrorCodes.ofErrno(WINDOWS, 11001)).isEqualTo(ErrorCode.HOST_NOT_FOUND);
        assertThat(ErrorCodes.ofGetaddrinfo(WINDOWS, 10093)).isEqualTo(ErrorCode.NOT_INITIALISED);
    }

    @Test
    void whatIsNotInTheTableIsUnknown() {
        for (ErrorNumbering numbering : ErrorNumbering.values()) {
            for (int number : new int[] {0, -9999, 9999, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                assertThat(ErrorCodes.ofErrno(numbering, number)).isEqualTo(ErrorCode.UNKNOWN);
                assertThat(ErrorCodes.ofGetaddrinfo(numbering, number)).isEqualTo(ErrorCode.UNKNOWN);
            }
        }
    }

    @Test
    void theSecondNumberOfMacosIsKnown() {
        assertThat(ErrorCodes.ofErrno(MACOS, 45)).isEqualTo(ErrorCode.OPERATION_NOT_SUPPORTED);
        assertThat(ErrorCodes.ofErrno(MACOS, 102)).isEqualTo(ErrorCode.OPERATION_NOT_SUPPORTED);
    }

    @Test
    void aNumberThatIsOnlyTheNearestIsNotTheCodesOwn() {
        assertThat(ErrorCode.ADDRESS_FAMILY.number(WINDOWS)).isEmpty();
        assertThat(ErrorCode.ADDRESS_FAMILY.winsock()).isEqualTo(11001);
        assertThat(ErrorCode.NOT_INITIALISED.number(LINUX)).isEmpty();
        assertThat(ErrorCode.LOOKUP_BAD_HINTS.number(LINUX)).isEmpty();
    }
}
