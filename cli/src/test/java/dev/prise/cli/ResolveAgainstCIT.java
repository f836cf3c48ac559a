package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressLiteral;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import dev.prise.getaddrinfo.GetAddrInfo;
import dev.prise.getaddrinfo.NativeAddressInfo;
import dev.prise.getaddrinfo.NativeAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code prise resolve} against a C program that calls the same function on the same machine: the measured inputs, and invented ones. Every
 * difference is listed. The seed of the invented ones is printed; {@code -Dresolve.seed} sets it, {@code -Dresolve.questions} their count.
 */
@Timeout(600)
class ResolveAgainstCIT {
    private static final int QUESTIONS = Integer.getInteger("resolve.questions", 2000);

    /** A name server slower than this would hold the invented questions up for too long. */
    private static final long PATIENCE_MILLIS = 50;

    /** {@code EAI_AGAIN} as it stands in a difference. */
    private static final String TRY_AGAIN = " -3";

    private static final int MOST_ASKED_AGAIN = 5;

    @TempDir
    Path folder;

    private @Nullable GetaddrinfoProgram program;

    @BeforeEach
    void compile() throws IOException, InterruptedException {
        String obstacle = GetAddrInfo.unavailableReason();
        if (obstacle != null) {
            System.out.println(
                    "Left out: prise resolve against C, because getaddrinfo cannot be called here: " + obstacle);
            return;
        }
        program = GetaddrinfoProgram.compiled(folder, "prise resolve against C");
    }

    @Test
    void measuredInputs() throws Exception {
        if (program == null) {
            return;
        }
        List<SystemQuestion> questions = SystemQuestion.measuredRows().stream()
                .map(SystemQuestion::ofRow)
                .toList();
        assertThat(questions).hasSizeGreaterThan(100);
        assertThat(differences(questions)).isEmpty();
    }

    @Test
    void inventedInputs() throws Exception {
        if (program == null) {
            return;
        }
        long seed = Long.getLong("resolve.seed", System.nanoTime());
        System.out.println(QUESTIONS + " invented questions, -Dresolve.seed=" + seed);
        boolean slow = nameServerIsSlow();
        Random random = new Random(seed);
        List<SystemQuestion> questions = new ArrayList<>(QUESTIONS);
        while (questions.size() < QUESTIONS) {
            SystemQuestion question = SystemQuestion.random(random);
            questions.add(slow ? question.numericHost() : question);
        }
        assertThat(differences(questions)).as("-Dresolve.seed=" + seed).isEmpty();
    }

    private boolean nameServerIsSlow() throws Exception {
        long began = System.nanoTime();
        askC(List.of(new SystemQuestion("no-such-name.invalid", null, null)));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        if (millis > PATIENCE_MILLIS) {
            System.out.println("Left out: names that are asked of DNS, because the name server took " + millis + " ms");
        }
        return millis > PATIENCE_MILLIS;
    }

    private List<String> differences(List<SystemQuestion> questions) throws Exception {
        List<String> expected = askC(questions);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            String difference = difference(questions.get(i), expected.get(i));
            // what a name server does not answer in time now, it may answer a moment later: both sides are asked again
            for (int again = 0;
                    again < MOST_ASKED_AGAIN && difference != null && difference.contains(TRY_AGAIN);
                    again++) {
                System.out.println("Asked again, since the name server did not answer in time: " + questions.get(i));
                difference = difference(
                        questions.get(i), askC(List.of(questions.get(i))).get(0));
            }
            if (difference != null) {
                differences.add(difference);
            }
        }
        return differences;
    }

    /** What the call and the command say otherwise than C; null when they say the same. */
    private static @Nullable String difference(SystemQuestion question, String expected) {
        String called = called(question);
        if (!called.equals(expected)) {
            return question + "\n  C:    " + expected + "\n  call: " + called;
        }
        if ("-".equals(question.node())) {
            // to the command it is the word for no node
            return null;
        }
        String resolved = resolved(question);
        if (!resolved.equals(GetaddrinfoProgram.withoutFlagsAndLengths(expected))) {
            return question + "\n  C:       " + expected + "\n  command: " + resolved;
        }
        return null;
    }

    private List<String> askC(List<SystemQuestion> questions) throws IOException, InterruptedException {
        return Objects.requireNonNull(program).ask(questions);
    }

    /** The bare call's answer, as the C program prints it. */
    private static String called(SystemQuestion question) {
        NativeAnswer answer = GetAddrInfo.call(question.node(), question.service(), question.hints());
        StringBuilder line = new StringBuilder().append(answer.code());
        for (NativeAddressInfo info : answer.results()) {
            byte[] address = Objects.requireNonNull(info.address()).getAddress().getAddress();
            line.append(' ')
                    .append(info.flags())
                    .append(',')
                    .append(info.family())
                    .append(',')
                    .append(info.type());
            line.append(',')
                    .append(info.protocol())
                    .append(',')
                    .append(info.addressBytes())
                    .append(',');
            line.append(HexFormat.of().formatHex(address)).append(',');
            line.append(Integer.toUnsignedLong(info.scopeId())).append(',');
            line.append(info.address().getPort()).append(',').append(GetaddrinfoProgram.hex(info.canonicalName()));
        }
        return line.toString();
    }

    /** What the command prints as JSON, in the words of the C program as far as JSON has them. */
    private static String resolved(SystemQuestion question) {
        InProcess run = InProcess.run(question.arguments());
        if (!(JsonCheck.parse(run.out()) instanceof Map<?, ?> json)) {
            throw new AssertionError(run.toString());
        }
        String code = Long.toString(number(json, "code"));
        assertThat(run.status())
                .as(run.toString())
                .isEqualTo(code.equals("0") ? ExitStatus.DONE : ExitStatus.NOT_RESOLVED);
        StringBuilder line = new StringBuilder(code);
        for (Object each : (List<?>) Objects.requireNonNull(json.get("results"))) {
            Map<?, ?> result = (Map<?, ?>) each;
            byte[] address = Objects.requireNonNull(AddressLiteral.parse(text(result, "address")))
                    .bytes();
            line.append(' ').append(text(result, "family").equals("inet") ? 2 : 10);
            line.append(',').append(type(text(result, "type")));
            line.append(',').append(protocol(text(result, "protocol")));
            line.append(',').append(HexFormat.of().formatHex(address));
            line.append(',').append(number(result, "scope")).append(',').append(number(result, "port"));
            String name = text(result, "canonical_name");
            line.append(',').append(name.equals("(null)") ? "-" : GetaddrinfoProgram.hex(name));
        }
        return line.toString();
    }

    private static String text(Map<?, ?> result, String member) {
        return String.valueOf(result.get(member));
    }

    private static long number(Map<?, ?> result, String member) {
        return ((Number) Objects.requireNonNull(result.get(member))).longValue();
    }

    private static int type(String name) {
        for (int number = 0; number <= SocketType.SEQPACKET.number(); number++) {
            if (SocketType.of(number).jsonName().equals(name)) {
                return number;
            }
        }
        return Integer.parseInt(name);
    }

    private static int protocol(String name) {
        for (Protocol each : List.of(Protocol.ANY, Protocol.TCP, Protocol.UDP)) {
            if (each.jsonName().equals(name)) {
                return each.number();
            }
        }
        return Integer.parseInt(name);
    }
}
