package dev.prise.address;

import java.util.Locale;

/**
 * A system's way of numbering errors. The same number is another error elsewhere: 61 is ECONNREFUSED on macOS and no data on Linux,
 * 8 is EAI_NONAME on macOS and out of memory in Winsock.
 */
public enum ErrorNumbering {
    /**
     * The {@code errno} of Linux on x86-64, ARM, RISC-V, POWER and IBM Z ({@code asm-generic/errno.h}; MIPS, SPARC, Alpha and PA-RISC have
     * others), and the negative {@code EAI_} numbers of glibc and musl. Checked against the headers of a Linux machine by a test.
     */
    LINUX("Linux"),
    /**
     * The {@code errno} of macOS, which is that of the BSDs up to 67, and its small positive {@code EAI_} numbers. FreeBSD and NetBSD have
     * other numbers for EOPNOTSUPP (45), ECANCELED, EPROTO and ENOSR; OpenBSD's {@code EAI_} numbers are negative. Nothing of it was run.
     */
    MACOS("macOS"),
    /** The numbers of Winsock, {@code WSAGetLastError}; {@code EAI_} names are aliases there. Nothing of it was run on Windows. */
    WINDOWS("Windows");

    private final String systemName;

    ErrorNumbering(String systemName) {
        this.systemName = systemName;
    }

    /** The system's name as people write it, for example {@code macOS}. */
    public String systemName() {
        return systemName;
    }

    /** The name in JSON, for example {@code macos}. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The numbering of the system that this JVM runs on, by its {@code os.name}: the BSDs count as macOS, all unknown as Linux. */
    public static ErrorNumbering current() {
        return ofSystem(System.getProperty("os.name", ""));
    }

    static ErrorNumbering ofSystem(String osName) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return WINDOWS;
        }
        return name.startsWith("mac") || name.contains("darwin") || name.endsWith("bsd") ? MACOS : LINUX;
    }
}
