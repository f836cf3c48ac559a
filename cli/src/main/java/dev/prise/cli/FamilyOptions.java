package dev.prise.cli;

import dev.prise.address.AddressFamily;
import picocli.CommandLine.Option;

/** {@code -4} and {@code -6}. */
final class FamilyOptions {
    @Option(names = "-4", description = "Use IPv4 alone.")
    boolean four;

    @Option(names = "-6", description = "Use IPv6 alone.")
    boolean six;

    AddressFamily family() {
        if (four && six) {
            throw CommandException.usage("-4 and -6 exclude each other; leave both out to use both families");
        }
        return four ? AddressFamily.INET : six ? AddressFamily.INET6 : AddressFamily.UNSPEC;
    }
}
