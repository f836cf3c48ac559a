package dev.prise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The part of a page of docs/ that is written by a test, between two marks; the rest is written by hand. */
final class GeneratedPart {
    private static final String BEGIN = "<!-- generated -->\n";
    private static final String END = "<!-- end of what is generated -->";

    private GeneratedPart() {}

    /**
     * Compares the part with what it should be, or writes it when {@code -Dprise.regenerate=true} is given.
     *
     * @param comparable what of both is compared
     * @param test the test that writes it, for the message
     */
    static void check(String page, String text, UnaryOperator<String> comparable, String test) throws IOException {
        Path file = Path.of(Objects.requireNonNull(System.getProperty("prise.docs"), "prise.docs"), page);
        String whole = Files.readString(file);
        int from = whole.indexOf(BEGIN) + BEGIN.length();
        int to = whole.indexOf(END);
        assertThat(to).as("the marks in docs/" + page).isGreaterThanOrEqualTo(from);
        if (Boolean.getBoolean("prise.regenerate")) {
            Files.writeString(file, whole.substring(0, from) + text + whole.substring(to));
            return;
        }
        assertThat(comparable.apply(whole.substring(from, to)))
                .as("docs/" + page + " is stale; to write it anew: " + Again.command(test, "prise.regenerate=true"))
                .isEqualTo(comparable.apply(text));
    }
}
