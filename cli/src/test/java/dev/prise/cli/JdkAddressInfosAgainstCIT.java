package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfo;
import dev.prise.address.AddressInfoException;
import dev.prise.address.AddressLiteral;
import dev.prise.address.Hints;
import dev.prise.address.Hints.Flag;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import dev.prise.getaddrinfo.NativeHints;
import dev.prise.resolve.JdkAddressInfos;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java library in the place of {@code getaddrinfo} against a C program that calls the real one: the measured inputs and invented
 * ones, as far as nobody has to be asked for a name. What may differ, and how, is the list {@link #DIFFERENCES}; decision 0011 explains
 * it. The seed of the invented ones is printed; {@code -Dresolve.seed} sets it, {@code
 * -Dresolve.questions} their count.
 */
@Timeout(600)
class JdkAddressInfosAgainstCIT {
    private static final int QUESTIONS = Integer.getInteger("resolve.questions", 1500);

    private static final int PASSIVE = 0x1;
    private static final int NUMERICHOST = 0x4;
    private static final int IDN_FLAGS = 0x40 | 0x80;
    private static final int NUMERICSERV = 0x400;
    private static final int NO_FLAG = 0x20_0000;

    /** What C does without hints. */
    private static final NativeHints WITHOUT_HINTS = new NativeHints(0x28, 0, 0, 0);

    private static final Map<Integer, Flag> FLAGS = Map.of(
            0x1, Flag.PASSIVE,
            0x2, Flag.CANONNAME,
            0x4, Flag.NUMERICHOST,
            0x8, Flag.V4MAPPED,
            0x10, Flag.ALL,
            0x20, Flag.ADDRCONFIG,
            0x40, Flag.IDN,
            0x80, Flag.CANONIDN,
            0x400, Flag.NUMERICSERV);
    private static final Map<Integer, AddressFamily> FAMILIES =
            Map.of(0, AddressFamily.UNSPEC, 1, AddressFamily.UNIX, 2, AddressFamily.INET, 10, AddressFamily.INET6);

    /**
     * Something that may differ.
     *
     * @param why what differs
     * @param where in which questions
     * @param asIf the question to which C must give the answer that the Java library gives
     * @param but what of C's answer must be otherwise
     */
    private record Difference(
            String why,
            Predicate<SystemQuestion> where,
            UnaryOperator<SystemQuestion> asIf,
            UnaryOperator<String> but) {}

    private static final List<Difference> DIFFERENCES = List.of(
            new Difference(
                    "flags for international names are bad ones",
                    question -> (flags(question) & IDN_FLAGS) != 0,
                    question -> withFlags(question, flags(question) | NO_FLAG),
                    UnaryOperator.identity()),
            new Difference(
                    "a port outside 0 to 65535 is a service that is not known",
                    question -> question.service() != null && isNoPort(question.service()),
                    question -> withFlags(
                            new SystemQuestion(question.node(), "no such service", question.hints()),
                            flags(question) & ~NUMERICSERV),
                    UnaryOperator.identity()),
            new Difference(
                    "a zone above 2147483647 is lost",
                    question -> question.node() != null && zone(question.node()) > Integer.MAX_VALUE,
                    UnaryOperator.identity(),
                    answer -> answer.replaceAll(",[0-9]{10},([0-9]+,[-x])", ",0,$1")),
            new Difference(
                    "a null node is ::1 before 127.0.0.1, also without IPv6",
                    question -> isNone(question.node()) && (flags(question) & PASSIVE) == 0,
                    UnaryOperator.identity(),
                    JdkAddressInfosAgainstCIT::sixFirst),
            new Difference(
                    "what can be no name is refused without asking for it",
                    question -> isNeitherAddressNorName(question.node()) && (flags(question) & NUMERICHOST) == 0,
                    question -> withFlags(question, flags(question) | NUMERICHOST),
                    UnaryOperator.identity()));

    private final JdkAddressInfos infos = new JdkAddressInfos();

    @TempDir
    Path folder;

    private @Nullable GetaddrinfoProgram program;

    @BeforeEach
    void compile() throws IOException, InterruptedException {
        program = GetaddrinfoProgram.compiled(folder, "the Java library against C");
    }

    @Test
    void measuredInputs() throws Exception {
        if (program == null) {
            return;
        }
        List<SystemQuestion> questions = SystemQuestion.measuredRows().stream()
                .map(SystemQuestion::ofRow)
                .filter(JdkAddressInfosAgainstCIT::asksNobody)
                .filter(JdkAddressInfosAgainstCIT::canBeSaid)
                .toList();
        assertThat(questions).hasSizeGreaterThan(60);
        assertThat(differences(program, questions)).isEmpty();
    }

    @Test
    void inventedInputs() throws Exception {
        if (program == null) {
            return;
        }
        long seed = Long.getLong("resolve.seed", System.nanoTime());
        System.out.println(QUESTIONS + " invented questions to the Java library, -Dresolve.seed=" + seed);
        Random random = new Random(seed);
        List<SystemQuestion> questions = new ArrayList<>(QUESTIONS);
        while (questions.size() < QUESTIONS) {
            SystemQuestion invented = SystemQuestion.random(random);
            SystemQuestion question = asksNobody(invented) ? invented : invented.numericHost();
            if (asksNobody(question) && canBeSaid(question)) {
                questions.add(question);
            }
        }
        long alike = questions.stream()
                .filter(question ->
                        DIFFERENCES.stream().noneMatch(each -> each.where().test(question)))
                .count();
        assertThat(alike).as("questions in which nothing may differ").isGreaterThan(QUESTIONS / 4);
        assertThat(differences(program, questions)).as("-Dresolve.seed=" + seed).isEmpty();
    }

    private List<String> differences(GetaddrinfoProgram c, List<SystemQuestion> questions) throws Exception {
        List<String> expected =
                c.ask(questions.stream().map(JdkAddressInfosAgainstCIT::asIf).toList());
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            SystemQuestion question = questions.get(i);
            String answer = but(question, GetaddrinfoProgram.withoutFlagsAndLengths(expected.get(i)));
            String ours = ours(question);
            if (!ours.equals(answer)) {
                differences.add(question + "\n  C:    " + answer + "\n  Java: " + ours);
            }
        }
        return differences;
    }

    private static SystemQuestion asIf(SystemQuestion question) {
        SystemQuestion asked = question;
        for (Difference each : DIFFERENCES) {
            if (each.where().test(question)) {
                asked = each.asIf().apply(asked);
            }
        }
        return asked;
    }

    private static String but(SystemQuestion question, String answer) {
        String expected = answer;
        for (Difference each : DIFFERENCES) {
            if (each.where().test(question)) {
                expected = each.but().apply(expected);
            }
        }
        return expected;
    }

    /** The Java library's answer in the words of the C program. */
    private String ours(SystemQuestion question) {
        List<AddressInfo> results;
        try {
            results = infos.lookup(question.node(), question.service(), typed(question.hints()));
        } catch (AddressInfoException e) {
            return Integer.toString(e.systemCode());
        }
        StringBuilder line = new StringBuilder("0");
        for (AddressInfo info : results) {
            InetAddress address = info.inetAddress();
            assertThat(address).isNotNull();
            int scope = address instanceof Inet6Address six ? six.getScopeId() : 0;
            line.append(info.family() == AddressFamily.INET ? " 2," : " 10,");
            line.append(info.type().number()).append(',');
            line.append(info.protocol().number()).append(',');
            line.append(HexFormat.of().formatHex(address.getAddress())).append(',');
            line.append(scope).append(',').append(info.port()).append(',');
            line.append(GetaddrinfoProgram.hex(info.canonicalName()));
        }
        return line.toString();
    }

    private static @Nullable Hints typed(@Nullable NativeHints hints) {
        if (hints == null) {
            return null;
        }
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        FLAGS.forEach((bit, flag) -> {
            if ((hints.flags() & bit) != 0) {
                flags.add(flag);
            }
        });
        AddressFamily family = FAMILIES.get(hints.family());
        assertThat(family).isNotNull();
        return new Hints(family, SocketType.of(hints.type()), Protocol.of(hints.protocol()), flags);
    }

    // ---- kinds of questions

    /** Families and flags are closed sets; what is not in them cannot be said to the Java library. */
    private static boolean canBeSaid(SystemQuestion question) {
        int known = FLAGS.keySet().stream().reduce(0, (some, bit) -> some | bit);
        NativeHints hints = question.hints();
        return hints == null || ((hints.flags() & ~known) == 0 && FAMILIES.containsKey(hints.family()));
    }

    /** Names are the Java library's, in its own order, and {@code localhost} is answered by decision 0002. */
    private static boolean asksNobody(SystemQuestion question) {
        String node = question.node();
        return node == null
                || isNone(node)
                || AddressLiteral.parse(node) != null
                || isNeitherAddressNorName(node)
                || (flags(question) & NUMERICHOST) != 0;
    }

    private static boolean isNone(@Nullable String text) {
        return text == null || text.equals("*");
    }

    private static boolean isNeitherAddressNorName(@Nullable String node) {
        return node != null && AddressLiteral.parse(node) == null && (node.contains(":") || node.matches("[0-9.]*"));
    }

    private static boolean isNoPort(String service) {
        String number = service.replaceFirst("^\\s+", "");
        if (!number.matches("[+-]?[0-9]+")) {
            return false;
        }
        BigInteger port = new BigInteger(number);
        return port.signum() < 0 || port.compareTo(BigInteger.valueOf(65535)) > 0;
    }

    /** 0 where there is none, and where it is no number of 32 bits. */
    private static long zone(String node) {
        String zone = node.substring(node.indexOf('%') + 1);
        return node.contains("%") && zone.matches("[0-9]{1,10}") ? Long.parseLong(zone) : 0;
    }

    private static int flags(SystemQuestion question) {
        NativeHints hints = question.hints();
        return hints == null ? WITHOUT_HINTS.flags() : hints.flags();
    }

    private static SystemQuestion withFlags(SystemQuestion question, int flags) {
        NativeHints hints = question.hints() == null ? WITHOUT_HINTS : question.hints();
        return new SystemQuestion(
                question.node(),
                question.service(),
                new NativeHints(flags, hints.family(), hints.type(), hints.protocol()));
    }

    private static String sixFirst(String answer) {
        String[] words = answer.split(" ", -1);
        Arrays.sort(words, 1, words.length, Comparator.comparing(word -> !word.startsWith("10,")));
        return String.join(" ", words);
    }
}
