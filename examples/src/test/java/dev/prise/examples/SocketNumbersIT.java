package dev.prise.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.Sockets;
import dev.prise.address.AddressFamily;
import dev.prise.address.ErrorCodes;
import dev.prise.address.ErrorNumbering;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.NetworkChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code Sockets.open} fails with the number with which {@code socket()} fails, and succeeds where it succeeds.
 *
 * <p>Not asked for: raw sockets of the Internet families (type 3), which need privileges, and types 5 and 6 with protocol 0, for which the
 * kernel has SCTP or DCCP where their modules are loaded or can be. Nor what a system opens and the Java library cannot: Unix-domain
 * sockets of types 2, 3 and 5 with a protocol that is good for them.
 */
class SocketNumbersIT {
    private static final List<AddressFamily> FAMILIES =
            List.of(AddressFamily.UNSPEC, AddressFamily.INET, AddressFamily.INET6);
    private static final int[] TYPES = {0, 1, 2, 4, 5, 6, 99, -1};
    private static final int[] PROTOCOLS = {0, 6, 17, 99, -1, 263};

    private static final int[] UNIX_TYPES = {0, 1, 2, 3, 4, 5, 6, 99, -1};
    private static final int[] UNIX_PROTOCOLS = {0, 1, 6, 17, 99, -1, 263};

    private record Arguments(AddressFamily family, int type, int protocol) {
        String line() {
            int number = switch (family) {
                case UNSPEC -> 0;
                case UNIX -> 1;
                case INET -> 4;
                case INET6 -> 6;
            };
            return number + " " + type + " " + protocol;
        }
    }

    @Test
    void everyCombinationGivesTheSystemsNumber() throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            System.out.println("Left out: the numbers of socket(), because this is not Linux");
            return;
        }
        if (CProgram.cannotBeCompiled("the numbers of socket()")) {
            return;
        }
        List<Arguments> all = all();
        List<String> ours = new ArrayList<>();
        for (Arguments each : all) {
            ours.add(each + " " + number(each));
        }
        List<String> system = new ArrayList<>();
        List<Integer> numbers = systemNumbers(all);
        for (int i = 0; i < all.size(); i++) {
            system.add(all.get(i) + " " + numbers.get(i));
        }
        assertThat(all).hasSize(3 * (8 * 6 - 2) + 9 * 7 - 3 * 2);
        assertThat(ours).isEqualTo(system);
        assertThat(numbers).contains(0, 22, 93, 94, 97);
    }

    private static List<Arguments> all() {
        List<Arguments> all = new ArrayList<>();
        for (AddressFamily family : FAMILIES) {
            for (int type : TYPES) {
                for (int protocol : PROTOCOLS) {
                    boolean ofModule = protocol == 0 && (type == 5 || type == 6);
                    if (!ofModule) {
                        all.add(new Arguments(family, type, protocol));
                    }
                }
            }
        }
        for (int type : UNIX_TYPES) {
            for (int protocol : UNIX_PROTOCOLS) {
                boolean onlyOfTheSystem = (protocol == 0 || protocol == 1) && (type == 2 || type == 3 || type == 5);
                if (!onlyOfTheSystem) {
                    all.add(new Arguments(AddressFamily.UNIX, type, protocol));
                }
            }
        }
        return all;
    }

    private static int number(Arguments asked) {
        try (NetworkChannel channel =
                Sockets.open(asked.family, SocketType.of(asked.type), Protocol.of(asked.protocol))) {
            assertThat(channel.isOpen()).isTrue();
            return 0;
        } catch (IOException e) {
            return ErrorCodes.of(e).number(ErrorNumbering.current()).orElseThrow();
        }
    }

    private static List<Integer> systemNumbers(List<Arguments> all) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(CProgram.of("socket_numbers", "0").toString()).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(all.stream()
                    .map(Arguments::line)
                    .collect(Collectors.joining("\n"))
                    .getBytes(US_ASCII));
        }
        List<Integer> numbers =
                process.inputReader(US_ASCII).lines().map(Integer::valueOf).toList();
        assertThat(process.waitFor()).isZero();
        assertThat(numbers).hasSameSizeAs(all);
        return numbers;
    }
}
