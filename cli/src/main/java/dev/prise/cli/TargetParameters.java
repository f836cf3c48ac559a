package dev.prise.cli;

import dev.prise.InvalidTargetException;
import dev.prise.Target;
import dev.prise.address.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** HOST and PORT of a command that connects. */
final class TargetParameters {
    @Parameters(
            index = "0",
            paramLabel = "HOST",
            description = "A name or an address; also HOST:PORT, [V6]:PORT and unix:PATH.")
    String host = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PORT",
            description = "A number or the name of a service; 27015 if left out.")
    @Nullable
    String port;

    /**
     * The target.
     *
     * @throws CommandException when there can be none, with exit status 3 for a service that is not known and 2 for all else
     */
    Target target() {
        HostAndPort given = HostAndPort.parse(host).withPort(port);
        String path = given.unixPath();
        String service = given.service() == null ? Integer.toString(Target.DEFAULT_PORT) : given.service();
        try {
            return path != null ? Target.unix(path) : Target.of(given.host(), service);
        } catch (InvalidTargetException e) {
            boolean unknownName = e.code() == ErrorCode.SERVICE_NOT_FOUND && isName(service);
            throw new CommandException(
                    unknownName ? ExitStatus.NOT_RESOLVED : ExitStatus.USAGE,
                    e.getMessage() + "; " + e.code().advice());
        }
    }

    /** A service that is not a number, good or bad. */
    static boolean isName(String service) {
        for (int i = 0; i < service.length(); i++) {
            char c = service.charAt(i);
            if ((c < '0' || c > '9') && c != '-' && c != '+') {
                return true;
            }
        }
        return false;
    }
}
