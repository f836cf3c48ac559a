package dev.prise.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Reads one script; its language is described at {@link DnsScript}. */
final class ScriptParser {
    /** How long clients may keep an answer. */
    static final int TTL_SECONDS = 60;

    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
    private static final Pattern WORD = Pattern.compile("\\s*(\\S+)\\s*");
    private static final Pattern DELAY = Pattern.compile("(\\d{1,5})(ms|s)");
    private static final Map<String, Integer> TYPES = Map.of(
            "A",
            Type.A,
            "AAAA",
            Type.AAAA,
            "CNAME",
            Type.CNAME,
            "HTTPS",
            Type.HTTPS,
            "SVCB",
            Type.SVCB,
            "SRV",
            Type.SRV);
    private static final String BEHAVIOURS = "answer, empty, nxdomain, servfail, refused or drop";

    private final @Nullable String file;
    private final Map<Name, Map<Integer, Reaction>> names = new LinkedHashMap<>();
    private final Map<Name, Alias> aliases = new LinkedHashMap<>();
    private int number;
    private String rest = "";

    /** Where a CNAME points, and the line that says so. */
    private record Alias(Name target, int number) {}

    /** @param file what errors call it; null where they name no place */
    ScriptParser(@Nullable String file) {
        this.file = file;
    }

    /** Reads a line by itself; where an alias leads is not looked at. */
    static ScriptLine parseLine(String text) throws ScriptException {
        ScriptParser parser = new ScriptParser(null);
        parser.rest = withoutComment(text);
        return parser.line();
    }

    DnsScript parse(List<String> lines) throws ScriptException {
        for (String line : lines) {
            number++;
            rest = withoutComment(line);
            if (!rest.isEmpty()) {
                add(line());
            }
        }
        rejectCircles();
        return new DnsScript(names);
    }

    private static String withoutComment(String line) {
        return COMMENT.matcher(line).replaceFirst("").strip();
    }

    private ScriptLine line() throws ScriptException {
        Name name = name("a name");
        int type = type();
        return new ScriptLine(name, type, type == Type.CNAME ? alias(name) : reaction(name, type));
    }

    private void add(ScriptLine line) throws ScriptException {
        Map<Integer, Reaction> types = names.computeIfAbsent(line.name(), absent -> new HashMap<>());
        if (types.put(line.type(), line.reaction()) != null) {
            throw expected("one line for each name and type, but found " + shown(line.name()) + " "
                    + Type.string(line.type()) + " for the second time");
        }
        if (types.size() > 1 && types.containsKey(Type.CNAME)) {
            throw expected("nothing beside the CNAME of " + shown(line.name()) + ", which is an alias");
        }
    }

    private int type() throws ScriptException {
        String word = word("a type (A, AAAA, HTTPS, SVCB, SRV or CNAME)");
        Integer type = TYPES.get(word.toUpperCase(Locale.ROOT));
        if (type == null) {
            throw expected("a type (A, AAAA, HTTPS, SVCB, SRV or CNAME), but found \"" + word + "\"");
        }
        return type;
    }

    private Reaction alias(Name name) throws ScriptException {
        Name target = name("the name that the CNAME points at");
        expectEnd();
        aliases.put(name, new Alias(target, number));
        Record record = new CNAMERecord(name, DClass.IN, TTL_SECONDS, target);
        return new Reaction(Reaction.Kind.ANSWER, Duration.ZERO, false, List.of(record));
    }

    private Reaction reaction(Name name, int type) throws ScriptException {
        Duration delay = Duration.ZERO;
        String word = word("delay, truncate, " + BEHAVIOURS);
        if (word.equals("delay")) {
            delay = delay();
            word = word("truncate, " + BEHAVIOURS);
        }
        boolean truncated = word.equals("truncate");
        if (truncated) {
            word = word("answer after truncate");
            if (!word.equals("answer")) {
                throw expected("answer after truncate, but found \"" + word + "\"");
            }
        }
        Reaction.Kind kind = kind(word);
        List<Record> records = kind == Reaction.Kind.ANSWER ? records(name, type) : List.of();
        expectEnd();
        if (kind == Reaction.Kind.DROP && !delay.isZero()) {
            throw expected("no delay before drop, which never answers");
        }
        return new Reaction(kind, delay, truncated, records);
    }

    private Reaction.Kind kind(String word) throws ScriptException {
        for (Reaction.Kind kind : Reaction.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        throw expected(BEHAVIOURS + ", but found \"" + word + "\"");
    }

    private Duration delay() throws ScriptException {
        String what = "a delay such as 300ms or 2s, of at most a minute";
        String word = word(what);
        Matcher matcher = DELAY.matcher(word);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            Duration delay = matcher.group(2).equals("s") ? Duration.ofSeconds(count) : Duration.ofMillis(count);
            if (delay.compareTo(LONGEST_DELAY) <= 0) {
                return delay;
            }
        }
        throw expected(what + ", but found \"" + word + "\"");
    }

    /** Takes all that is left of the line. */
    private List<Record> records(Name name, int type) throws ScriptException {
        boolean addresses = type == Type.A || type == Type.AAAA;
        String what = addresses ? "an address" : "a record in presentation form";
        List<Record> records = new ArrayList<>();
        for (String text : rest.split(addresses ? "\\s+" : "(^|\\s+)\\|(\\s+|$)", -1)) {
            if (text.isEmpty()) {
                throw expected(what + " after answer");
            }
            try {
                records.add(Record.fromString(name, type, DClass.IN, TTL_SECONDS, text, Name.root));
            } catch (IOException | IllegalArgumentException e) {
                throw expected(what + " of type " + Type.string(type) + ", but found \"" + text + "\"");
            }
        }
        rest = "";
        return records;
    }

    private Name name(String what) throws ScriptException {
        String word = word(what);
        try {
            return Name.fromString(word, Name.root);
        } catch (TextParseException e) {
            throw expected(what + ", but found \"" + word + "\"");
        }
    }

    private String word(String what) throws ScriptException {
        Matcher matcher = WORD.matcher(rest);
        if (!matcher.lookingAt()) {
            throw expected(what + ", but the line ends");
        }
        rest = rest.substring(matcher.end());
        return matcher.group(1);
    }

    private void expectEnd() throws ScriptException {
        if (!rest.isEmpty()) {
            throw expected("the end of the line, but found \"" + rest + "\"");
        }
    }

    private void rejectCircles() throws ScriptException {
        for (Map.Entry<Name, Alias> entry : aliases.entrySet()) {
            Set<Name> seen = new HashSet<>();
            Name at = entry.getKey();
            for (Alias alias = aliases.get(at); alias != null; alias = aliases.get(at)) {
                if (!seen.add(at)) {
                    number = entry.getValue().number();
                    throw expected("an alias that ends somewhere, but " + shown(at) + " leads back to itself");
                }
                at = alias.target();
            }
        }
    }

    private static String shown(Name name) {
        return name.toString(true);
    }

    private ScriptException expected(String what) {
        String place = file == null ? "" : file + ":" + number + ": ";
        return new ScriptException(place + "expected " + what);
    }
}
