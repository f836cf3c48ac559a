package dev.prise.cli;

import dev.prise.address.AddressFamily;
import dev.prise.address.Hints;
import dev.prise.address.Hints.Flag;
import dev.prise.address.Protocol;
import dev.prise.address.SocketType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The hints of {@code getaddrinfo} as options: by name, or as any number of the system's own. */
final class HintsOptions {
    private static final Map<String, AddressFamily> FAMILY_NUMBERS =
            Map.of("0", AddressFamily.UNSPEC, "1", AddressFamily.UNIX, "2", AddressFamily.INET);

    private static final String NUMBER = "0[xX][0-9a-fA-F]{1,8}|-?[0-9]{1,10}";

    @Mixin
    final FamilyOptions familyOptions = new FamilyOptions();

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description =
                    "any (the default), inet, inet6, unix or a number of this system; -4 and -6 are short for it.")
    @Nullable
    String family;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "stream (the default), datagram, raw, rdm, seqpacket, any or a number.")
    @Nullable
    String type;

    @Option(
            names = "--protocol",
            paramLabel = "PROTOCOL",
            description =
                    "tcp, udp, any or a number; the default is tcp for stream, udp for datagram, any for all else.")
    @Nullable
    String protocol;

    @Option(
            names = "--flags",
            paramLabel = "FLAGS",
            description =
                    "Names after AI_ and numbers, with commas: canonname, numerichost, numericserv, passive, v4mapped, all, addrconfig, ...")
    @Nullable
    String flags;

    @Option(names = "--no-hints", description = "Ask without hints, which is not the same as hints of zeros.")
    boolean none;

    /**
     * What the options ask for.
     *
     * @param hints the part that has names
     * @param familyNumber a family without a name of ours, null when the hints have it
     * @param flagNumbers flags without a name of ours, as bits
     */
    record Asked(Hints hints, @Nullable Integer familyNumber, int flagNumbers) {
        boolean hasNumbers() {
            return familyNumber != null || flagNumbers != 0;
        }

        String familyName() {
            return familyNumber == null ? hints.family().jsonName() : familyNumber.toString();
        }
    }

    /**
     * The hints; null for none at all.
     *
     * @throws CommandException when a value is none
     */
    @Nullable
    Asked asked() {
        AddressFamily byLetter = familyOptions.family();
        if (none) {
            if (family != null
                    || type != null
                    || protocol != null
                    || flags != null
                    || byLetter != AddressFamily.UNSPEC) {
                throw CommandException.usage("--no-hints leaves no hints to be given; leave out one or the other");
            }
            return null;
        }
        if (family != null && byLetter != AddressFamily.UNSPEC) {
            throw CommandException.usage("the family is given twice; leave out -4, -6 or --family");
        }
        Integer familyNumber = null;
        AddressFamily named = byLetter;
        if (family != null) {
            named = familyNamed(family);
            if (named == null) {
                familyNumber = number("--family", family, "any, inet, inet6, unix or a number");
                named = AddressFamily.UNSPEC;
            }
        }
        SocketType socketType = type == null ? SocketType.STREAM : socketType(type);
        int[] numbers = new int[1];
        Set<Flag> flagsNamed = flags(numbers);
        Hints hints = new Hints(named, socketType, protocol(socketType), flagsNamed);
        return new Asked(hints, familyNumber, numbers[0]);
    }

    /** By name, or by those numbers that are the same on every system. */
    private static @Nullable AddressFamily familyNamed(String text) {
        for (AddressFamily each : AddressFamily.values()) {
            if (each.jsonName().equalsIgnoreCase(text)) {
                return each;
            }
        }
        return FAMILY_NUMBERS.get(text);
    }

    private static SocketType socketType(String text) {
        for (int number = 0; number <= SocketType.SEQPACKET.number(); number++) {
            if (SocketType.of(number).jsonName().equalsIgnoreCase(text)) {
                return SocketType.of(number);
            }
        }
        return SocketType.of(number("--type", text, "stream, datagram, raw, rdm, seqpacket, any or a number"));
    }

    /** The tutorial's hints say both, stream and TCP; whoever asks for another type need not say its protocol. */
    private Protocol protocol(SocketType socketType) {
        if (protocol == null) {
            return switch (socketType.number()) {
                case 1 -> Protocol.TCP;
                case 2 -> Protocol.UDP;
                default -> Protocol.ANY;
            };
        }
        for (Protocol each : new Protocol[] {Protocol.ANY, Protocol.TCP, Protocol.UDP}) {
            if (each.jsonName().equalsIgnoreCase(protocol)) {
                return each;
            }
        }
        return Protocol.of(number("--protocol", protocol, "tcp, udp, any or a number"));
    }

    private Set<Flag> flags(int[] numbers) {
        Set<Flag> named = EnumSet.noneOf(Flag.class);
        if (flags == null) {
            return named;
        }
        for (String word : flags.split(",", -1)) {
            Flag flag = flagNamed(word);
            if (flag != null) {
                named.add(flag);
            } else {
                numbers[0] |= number("--flags", word, "names such as canonname, or numbers, with commas between");
            }
        }
        return named;
    }

    private static @Nullable Flag flagNamed(String word) {
        for (Flag each : Flag.values()) {
            if (each.jsonName().equalsIgnoreCase(word) || ("AI_" + each.name()).equalsIgnoreCase(word)) {
                return each;
            }
        }
        return null;
    }

    private static int number(String option, String text, String takes) {
        if (text.matches(NUMBER)) {
            long number = Long.decode(text.matches("0+[0-9]+") ? text.replaceFirst("^0+(?=.)", "") : text);
            if (number >= Integer.MIN_VALUE && number <= 0xffff_ffffL) {
                return (int) number;
            }
        }
        throw CommandException.usage(option + " takes " + takes + ", not '" + text + "'");
    }
}
