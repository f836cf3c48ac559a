package dev.prise.cli;

import dev.prise.address.ErrorCode;
import dev.prise.address.ErrorCodes;
import dev.prise.address.ErrorNumbering;
import dev.prise.address.PlainText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the codes that somebody may mean: by number, by name, by a word of the meaning, or by a system's own words. */
final class CodeSearch {
    private static final String LIST = "prise explain lists all";
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final int LONGEST_SHOWN = 40;

    /** Shorter words of a meaning say nothing, such as "not". */
    private static final int SHORTEST_WORD = 5;

    /** A code in a sentence, such as one of our own. */
    private static final Pattern NAME_IN_TEXT = Pattern.compile("\\b(?:EAI_[A-Z]+|E[A-Z]{3,}|WSA[A-Z_]+)\\b");

    /** Second names of codes in the table. */
    private static final Map<String, ErrorCode> ALIASES = Map.of(
            "EWOULDBLOCK", ErrorCode.WOULD_BLOCK,
            "ENOTSUP", ErrorCode.OPERATION_NOT_SUPPORTED,
            "TIMEOUT", ErrorCode.TIMED_OUT,
            "TIME_OUT", ErrorCode.TIMED_OUT);

    /** Codes of Winsock's look-up service that have no row of their own, since getaddrinfo does not give them. */
    private static final List<WithoutRow> WITHOUT_ROW = List.of(
            new WithoutRow("WSAENOMORE", 10102, ErrorCode.ALL_DONE),
            new WithoutRow("WSAECANCELLED", 10103, ErrorCode.LOOKUP_CANCELLED),
            new WithoutRow("WSASERVICE_NOT_FOUND", 10108, ErrorCode.SERVICE_NOT_FOUND),
            new WithoutRow("WSA_E_NO_MORE", 10110, ErrorCode.ALL_DONE),
            new WithoutRow("WSAEREFUSED", 10112, ErrorCode.NO_RECOVERY));

    /** A code of Winsock, and the row that comes nearest. */
    private record WithoutRow(String name, int number, ErrorCode nearest) {
        Found found() {
            return new Found(nearest, null, name + " " + number);
        }
    }

    /**
     * A code that was found.
     *
     * @param number the number that was asked for, on the systems where it is this code; null when the question was no number
     * @param withoutRow the name and number of what was asked for, where the table has no row for it and this one comes nearest; else null
     */
    record Found(
            ErrorCode code,
            @Nullable Numbered number,
            @Nullable String withoutRow) {}

    /** A number and the systems on which it means the code; more than none. */
    record Numbered(int value, List<ErrorNumbering> systems) {}

    private CodeSearch() {}

    /**
     * The codes meant by a word or number of the command line; one at least.
     *
     * @throws CommandException when there is none, with the nearest name
     */
    static List<Found> find(String asked) {
        String query = asked.strip();
        if (query.isEmpty()) {
            throw CommandException.usage("the code is empty; " + LIST);
        }
        List<Found> found = NUMBER.matcher(query).matches() ? byNumber(Integer.parseInt(query)) : byWords(query);
        if (found.isEmpty()) {
            throw unknown(query);
        }
        return found;
    }

    private static List<Found> byNumber(int number) {
        List<Found> found = new ArrayList<>();
        for (ErrorCode code : ErrorCode.values()) {
            List<ErrorNumbering> systems = Stream.of(ErrorNumbering.values())
                    .filter(system -> means(code, system, number))
                    .toList();
            if (!systems.isEmpty()) {
                found.add(new Found(code, new Numbered(number, systems), null));
            }
        }
        return found.isEmpty() ? withoutRow(each -> each.number() == number) : found;
    }

    /** Also by the second number that macOS has for one of them. */
    private static boolean means(ErrorCode code, ErrorNumbering system, int number) {
        return code.number(system).equals(OptionalInt.of(number))
                || (code == ErrorCode.OPERATION_NOT_SUPPORTED && ErrorCodes.ofErrno(system, number) == code);
    }

    private static List<Found> byWords(String query) {
        String name = query.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        List<Found> found = withoutRow(each -> each.name().equals(name));
        if (!found.isEmpty()) {
            return found;
        }
        found = with(code -> name.equals(code.posix())
                || name.equals(code.name())
                || (name.equals(code.winsockName()) && ownsWinsock(code))
                || code == ALIASES.get(name));
        if (found.isEmpty()) {
            found = with(code -> name.equals(code.winsockName()));
        }
        if (found.isEmpty()) {
            String words = " " + query.toLowerCase(Locale.ROOT) + " ";
            found = with(code -> (" " + code.meaning().toLowerCase(Locale.ROOT) + " ").contains(words));
        }
        if (found.isEmpty()) {
            Matcher inText = NAME_IN_TEXT.matcher(query);
            if (inText.find() && inText.end() - inText.start() < query.length()) {
                return byWords(inText.group());
            }
            ErrorCode told = ErrorCodes.ofMessage(query);
            return told == null ? found : List.of(new Found(told, null, null));
        }
        return found;
    }

    private static List<Found> with(Predicate<ErrorCode> matches) {
        return Arrays.stream(ErrorCode.values())
                .filter(matches)
                .map(code -> new Found(code, null, null))
                .toList();
    }

    private static List<Found> withoutRow(Predicate<WithoutRow> matches) {
        return WITHOUT_ROW.stream().filter(matches).map(WithoutRow::found).toList();
    }

    private static boolean ownsWinsock(ErrorCode code) {
        return code.number(ErrorNumbering.WINDOWS).isPresent();
    }

    private static CommandException unknown(String query) {
        String nearest = nearest(query);
        return CommandException.usage("there is no code '" + shown(query) + "'; "
                + (nearest == null ? LIST : "the nearest is " + nearest + ", and " + LIST));
    }

    /** What was asked for, fit for a sentence. */
    static String shown(String asked) {
        return PlainText.shortened(PlainText.of(asked), LONGEST_SHOWN);
    }

    /** The number, name or word of a meaning that fewest changes make of it; null for what is too long to be any. */
    private static @Nullable String nearest(String query) {
        boolean number = NUMBER.matcher(query).matches();
        if (number && !byNumber(-Integer.parseInt(query)).isEmpty()) {
            // kernels and some languages give an errno negated
            return Integer.toString(-Integer.parseInt(query));
        }
        if (query.length() > LONGEST_SHOWN) {
            return null;
        }
        String asked = query.toUpperCase(Locale.ROOT);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (ErrorCode code : ErrorCode.values()) {
            for (String candidate : number ? numbers(code) : words(code)) {
                int distance = distance(asked, candidate.toUpperCase(Locale.ROOT));
                if (distance < least) {
                    least = distance;
                    nearest = candidate;
                }
            }
        }
        return nearest;
    }

    private static List<String> numbers(ErrorCode code) {
        List<String> numbers = new ArrayList<>(ErrorNumbering.values().length);
        for (ErrorNumbering system : ErrorNumbering.values()) {
            code.number(system).ifPresent(number -> numbers.add(Integer.toString(number)));
        }
        return numbers;
    }

    private static List<String> words(ErrorCode code) {
        List<String> words = new ArrayList<>(List.of(code.shortName(), code.winsockName(), code.name()));
        for (String word : code.meaning().split(" ", -1)) {
            if (word.length() >= SHORTEST_WORD) {
                words.add(word);
            }
        }
        return words;
    }

    /** Letters to insert, delete or replace (Levenshtein). */
    static int distance(String from, String to) {
        int[] before = new int[to.length() + 1];
        Arrays.setAll(before, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int[] now = new int[to.length() + 1];
            now[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[to.length()];
    }
}
