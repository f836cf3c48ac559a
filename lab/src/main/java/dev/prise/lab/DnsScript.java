package dev.prise.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * What a {@link ScriptedDns} answers: for each name and type a reaction. Immutable.
 *
 * <p>A script is a text with a line for each name and type, {@code NAME TYPE BEHAVIOUR}. {@code #} begins a comment, at the start of a
 * line or after a space. Names are matched without regard to case; a dot at their end may be left out. The types are A, AAAA, HTTPS,
 * SVCB, SRV and CNAME. A behaviour is one of
 *
 * <pre>{@code
 * answer RECORDS     addresses with spaces between, or for the other types records in presentation form with | between
 * empty              success without a record
 * nxdomain           the name does not exist
 * servfail           the server could not find out
 * refused            the server does not want to
 * drop               no answer
 * }</pre>
 *
 * and all but {@code drop} may have {@code delay 300ms} (or {@code 2s}, at most a minute) before them, {@code answer} also {@code
 * truncate}: no record over UDP and the bit that sends the client to TCP. The behaviour of a CNAME is just the name it points at;
 * questions for the alias get the CNAME and what the target says.
 *
 * <p>A name that is not in the script does not exist, unless a name below it does (RFC 8020). A name that is there has nothing of the
 * types that are not.
 */
public final class DnsScript extends Script {
    private final Map<Name, Map<Integer, Reaction>> names;
    private final Set<Name> domains = new HashSet<>();

    /** Takes names whose aliases end somewhere: {@link ScriptParser} has looked. */
    DnsScript(Map<Name, Map<Integer, Reaction>> names) {
        this.names = Map.copyOf(names);
        for (Name name : names.keySet()) {
            domains.addAll(domainsAbove(name));
        }
    }

    /**
     * Reads a script.
     *
     * @param file a file in UTF-8
     * @throws ScriptException if a line is not as it should be
     * @throws IOException if the file cannot be read
     */
    public static DnsScript read(Path file) throws IOException, ScriptException {
        return parse(file.toString(), Files.readAllLines(file));
    }

    /**
     * Reads the lines of a script.
     *
     * @param file what errors call it
     * @throws ScriptException if a line is not as it should be
     */
    public static DnsScript parse(String file, List<String> lines) throws ScriptException {
        return new ScriptParser(file).parse(lines);
    }

    @Override
    @Nullable
    Map<Integer, Reaction> reactions(Name name) {
        return names.get(name);
    }

    @Override
    boolean hasBelow(Name name) {
        return domains.contains(name);
    }
}
