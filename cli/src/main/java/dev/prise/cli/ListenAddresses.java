package dev.prise.cli;

import dev.prise.InvalidTargetException;
import dev.prise.Target;
import dev.prise.address.AddressFamily;
import dev.prise.address.AddressLiteral;
import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.address.Services;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What a server's host and port mean. */
final class ListenAddresses {
    private ListenAddresses() {}

    /**
     * The number of a port or service, 0 for any free one.
     *
     * @throws CommandException when it is out of range or not known
     */
    static int port(String text) {
        OptionalInt number = Services.tcpPort(text);
        if (number.isPresent()) {
            return number.getAsInt();
        }
        String codes = " (" + ErrorCode.SERVICE_NOT_FOUND.codes() + "); ";
        if (TargetParameters.isName(text)) {
            throw new CommandException(
                    ExitStatus.NOT_RESOLVED,
                    "cannot listen: the service \"" + text + "\" is not known" + codes + "give the port as a number");
        }
        throw CommandException.usage("cannot listen: the port " + text + " is not between 0 and 65535" + codes
                + "give one that is, or 0 for any free one");
    }

    /**
     * The addresses of a host, by the system's own lookup.
     *
     * @throws CommandException when it cannot be a host, or has no address of the family
     */
    static List<InetAddress> of(String name, AddressFamily family) {
        Target target;
        try {
            target = Target.of(name, Target.DEFAULT_PORT);
        } catch (InvalidTargetException e) {
            String message = String.valueOf(e.getMessage()).replace("cannot connect to", "cannot listen on");
            throw CommandException.usage(message + "; " + e.code().advice());
        }
        List<InetAddress> wanted = new ArrayList<>();
        try {
            for (InetAddress address : lookup(target)) {
                if (family.admits(AddressFamily.of(address)) && !wanted.contains(address)) {
                    wanted.add(address);
                }
            }
        } catch (UnknownHostException e) {
            throw unresolved(name, ErrorCodes.of(e));
        }
        if (wanted.isEmpty()) {
            throw unresolved(name, ErrorCode.NO_DATA);
        }
        return wanted;
    }

    private static InetAddress[] lookup(Target target) throws UnknownHostException {
        AddressLiteral literal = target.literal();
        return literal != null && literal.zone() == null
                ? new InetAddress[] {InetAddress.getByAddress(literal.bytes())}
                : InetAddress.getAllByName(target.asciiHost());
    }

    private static CommandException unresolved(String name, ErrorCode code) {
        return new CommandException(
                ExitStatus.NOT_RESOLVED,
                "cannot resolve " + name + ": " + code.meaning() + " (" + code.codes() + "); " + code.advice());
    }
}
