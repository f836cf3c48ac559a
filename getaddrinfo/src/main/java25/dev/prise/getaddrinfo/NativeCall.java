package dev.prise.getaddrinfo;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The call itself, through {@code java.lang.foreign}. Takes the place of the class of the same name on Java 25 and later. */
@SuppressWarnings("restricted") // calling what is not Java is what this class is for
final class NativeCall {
    private static final @Nullable String UNAVAILABLE = findObstacle();

    private NativeCall() {}

    /** Why the call cannot be made, as a sentence without a full stop; null when it can. */
    static @Nullable String unavailableReason() {
        return UNAVAILABLE;
    }

    private static @Nullable String findObstacle() {
        try {
            return obstacle();
        } catch (UnsupportedOperationException | LinkageError e) {
            return "this Java has no linker for this machine (" + e.getMessage() + ")";
        }
    }

    /** Nothing here links anything or calls a restricted method, at which the JVM would print a warning. */
    private static @Nullable String obstacle() {
        if (ADDRESS.byteSize() != 8) {
            return "it is only known on 64-bit machines";
        }
        Platform platform = findPlatform();
        if (platform == null) {
            return "it is not known on " + System.getProperty("os.name");
        }
        Module self = NativeCall.class.getModule();
        if (!self.isNativeAccessEnabled()) {
            String name = self.isNamed() ? self.getName() : "ALL-UNNAMED";
            return "native access is not enabled, which --enable-native-access=" + name + " does";
        }
        if (platform != Platform.WINDOWS
                && Linker.nativeLinker().defaultLookup().find(platform.lookupSymbol()).isEmpty()) {
            return "the C library has no " + platform.lookupSymbol();
        }
        return null;
    }

    private static @Nullable Platform findPlatform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.equals("linux")) {
            boolean glibc = Linker.nativeLinker()
                    .defaultLookup()
                    .find("gnu_get_libc_version")
                    .isPresent();
            return glibc ? Platform.LINUX_GLIBC : Platform.LINUX_MUSL;
        }
        if (system.startsWith("windows")) {
            return Platform.WINDOWS;
        }
        if (system.startsWith("mac")) {
            return Platform.MACOS;
        }
        return system.equals("freebsd") ? Platform.FREEBSD : null;
    }

    /** The system; only to be asked when the call can be made. */
    static Platform platform() {
        return Functions.PLATFORM;
    }

    /** Links the functions, which takes a while the first time; only to be done when the call can be made. */
    static void link() {
        Objects.requireNonNull(Functions.LOOK_UP);
    }

    /** The call; only to be made when it can be. */
    static <R, T> R call(
            @Nullable String node, @Nullable String service, @Nullable NativeHints hints, Reading<R, T> reading) {
        int capacity = Scratch.TEXT_AT + Scratch.bytesFor(node) + Scratch.bytesFor(service);
        Scratch scratch = capacity <= Scratch.BYTES ? Scratch.SPARE.getAndSet(null) : null;
        if (scratch != null) {
            try {
                return scratch.call(node, service, hints, reading);
            } finally {
                Scratch.SPARE.setRelease(scratch);
            }
        }
        try (Arena arena = Arena.ofConfined()) {
            return new Scratch(arena.allocate(capacity, Long.BYTES)).call(node, service, hints, reading);
        }
    }

    /** The system's words for a code; null when it has none. */
    static @Nullable String errorText(int code) {
        if (Functions.PLATFORM == Platform.WINDOWS) {
            // no function of the library there
            return null;
        }
        try {
            long text = (long) ErrorText.FUNCTION.invokeExact((long) code);
            return text == 0
                    ? null
                    : MemorySegment.ofAddress(text)
                            .reinterpret(AddrInfoReader.MAX_NAME_BYTES)
                            .getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static IllegalStateException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }

    /** Apart, since linking takes a while and most programs never ask. */
    private static final class ErrorText {
        /** {@code const char *gai_strerror(int)}; an int is passed where a long would be. */
        static final MethodHandle FUNCTION = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("gai_strerror"), Functions.LONG_TO_LONG);

        private ErrorText() {}
    }

    /** The linked functions; linking takes a while, so it waits for the first call. */
    private static final class Functions {
        static final Platform PLATFORM = Objects.requireNonNull(findPlatform());
        static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
        static final int ERRNO_AT = Math.toIntExact(CAPTURED.byteOffset(
                PathElement.groupElement(PLATFORM == Platform.WINDOWS ? "WSAGetLastError" : "errno")));

        /**
         * Shared by two functions, since making a shape callable takes three milliseconds, which would come between a failed lookup and the
         * first attempt, and a shape that is there a tenth of one: of the one that returns nothing the result is passed over.
         */
        static final FunctionDescriptor LONG_TO_LONG = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);

        static final AddrInfoReader READER = new AddrInfoReader(PLATFORM, new ProcessMemory());

        /** {@code int getaddrinfo(const char *, const char *, const struct addrinfo *, struct addrinfo **)}, with addresses as longs. */
        static final MethodHandle LOOK_UP;

        /** {@code void freeaddrinfo(struct addrinfo *)}. */
        static final MethodHandle FREE;

        /**
         * The same for a list that is short, and so for a call that is: the thread does not leave the JVM for it, which would take longer
         * than the call.
         */
        static final MethodHandle FREE_SHORT;

        static {
            Linker linker = Linker.nativeLinker();
            boolean windows = PLATFORM == Platform.WINDOWS;
            if (windows) {
                // the Java library's network code starts Winsock
                Objects.requireNonNull(InetAddress.getLoopbackAddress());
            }
            SymbolLookup library =
                    windows ? SymbolLookup.libraryLookup("ws2_32", Arena.global()) : linker.defaultLookup();
            LOOK_UP = linker.downcallHandle(
                    library.findOrThrow(PLATFORM.lookupSymbol()),
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.captureCallState(windows ? "WSAGetLastError" : "errno"));
            MemorySegment free = library.findOrThrow(PLATFORM.freeSymbol());
            FREE = linker.downcallHandle(free, LONG_TO_LONG);
            FREE_SHORT = linker.downcallHandle(
                    free, FunctionDescriptor.ofVoid(JAVA_LONG), Linker.Option.critical(false));
        }

        private Functions() {}
    }

    /**
     * The memory of one call: hints, the place for the list, captured state, then node and service. It begins as zeros, and nobody writes
     * to the hints but for the four fields that are always set. Accessed as a buffer: the JVM inlines that at any depth.
     */
    private static final class Scratch {
        static final int RESULT_AT = Platform.ADDRINFO_BYTES;
        static final int CAPTURED_AT = RESULT_AT + Long.BYTES;
        static final int TEXT_AT = CAPTURED_AT + 16;
        static final int BYTES = 4096;

        /** A list of so many results is given back in less than a microsecond. */
        private static final int SHORT_LIST = 4;

        private static final boolean WIDE = Functions.PLATFORM.wide();
        private static final Charset CHARSET = WIDE ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;

        /** One that is kept, so that calls one after the other allocate nothing; null while a call has it. */
        static final AtomicReference<@Nullable Scratch> SPARE =
                new AtomicReference<>(new Scratch(Arena.global().allocate(BYTES, Long.BYTES)));

        private final ByteBuffer buffer;
        private final MemorySegment captured;
        private final long address;

        Scratch(MemorySegment memory) {
            this.buffer = memory.asByteBuffer().order(ByteOrder.nativeOrder());
            this.captured = memory.asSlice(CAPTURED_AT, Functions.CAPTURED);
            this.address = memory.address();
        }

        /** Enough for a text with its end in any of the encodings. */
        static int bytesFor(@Nullable String text) {
            return text == null ? 0 : 3 * (text.length() + 1);
        }

        <R, T> R call(
                @Nullable String node, @Nullable String service, @Nullable NativeHints hints, Reading<R, T> reading) {
            int serviceAt = TEXT_AT + bytesFor(node) + 1 & ~1;
            if (node != null) {
                write(node, TEXT_AT);
            }
            if (service != null) {
                write(service, serviceAt);
            }
            if (hints != null) {
                buffer.putInt(Platform.FLAGS_AT, hints.flags());
                buffer.putInt(Platform.FAMILY_AT, hints.family());
                buffer.putInt(Platform.TYPE_AT, hints.type());
                buffer.putInt(Platform.PROTOCOL_AT, hints.protocol());
            }
            buffer.putLong(RESULT_AT, 0);
            int code;
            try {
                code = (int) Functions.LOOK_UP.invokeExact(
                        captured,
                        node == null ? 0L : address + TEXT_AT,
                        service == null ? 0L : address + serviceAt,
                        hints == null ? 0L : address,
                        address + RESULT_AT);
            } catch (Throwable e) {
                throw unexpected(e);
            }
            int errno = buffer.getInt(CAPTURED_AT + Functions.ERRNO_AT);
            return code == 0 ? read(buffer.getLong(RESULT_AT), errno, reading) : reading.failed(code, errno);
        }

        /** Byte by byte as long as it is ASCII, as nearly all names are: that is quicker than going through an encoder. */
        private void write(String text, int at) {
            int length = text.length();
            int i = 0;
            while (!WIDE && i < length && text.charAt(i) < 0x80) {
                buffer.put(at + i, (byte) text.charAt(i));
                i++;
            }
            if (i < length) {
                byte[] bytes = text.getBytes(CHARSET);
                buffer.put(at, bytes);
                i = bytes.length;
            }
            buffer.put(at + i, (byte) 0);
            buffer.put(at + i + 1, (byte) 0);
        }

        /** Reads the list and gives it back to the system, whatever happens. */
        private static <R, T> R read(long head, int errno, Reading<R, T> reading) {
            boolean isShort = false;
            try {
                List<T> results = Functions.READER.read(head, reading);
                isShort = results != null && results.size() <= SHORT_LIST;
                return results == null ? reading.failed(GetAddrInfo.overflow(), errno) : reading.found(results, errno);
            } finally {
                free(head, isShort);
            }
        }

        private static void free(long head, boolean isShort) {
            if (head == 0) {
                return;
            }
            try {
                if (isShort) {
                    Functions.FREE_SHORT.invokeExact(head);
                } else {
                    long _ = (long) Functions.FREE.invokeExact(head);
                }
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }
    }

    /** All memory of the process. What the system has made is read, and nothing else. */
    private static final class ProcessMemory extends Memory {
        private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

        @Override
        byte byteAt(long at) {
            return ALL.get(JAVA_BYTE, at);
        }

        @Override
        int intAt(long at) {
            return ALL.get(JAVA_INT_UNALIGNED, at);
        }

        @Override
        long longAt(long at) {
            return ALL.get(JAVA_LONG_UNALIGNED, at);
        }
    }
}
