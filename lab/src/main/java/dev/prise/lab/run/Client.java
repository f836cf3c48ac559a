package dev.prise.lab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that connects, as the laboratory starts it.
 *
 * @param name what tables call it
 * @param title its full name
 * @param speaksHttp whether it wants a server of HTTP, not one that echoes
 * @param brackets whether an IPv6 address in place of a name must stand in brackets
 * @param command its words, with {@code {host}} and {@code {port}}
 * @param timed the same with {@code {seconds}}, after which it gives up in its own way
 * @param version its version
 */
public record Client(
        String name,
        String title,
        boolean speaksHttp,
        boolean brackets,
        List<String> command,
        List<String> timed,
        String version) {

    /** The name of our own command. */
    public static final String PRISE = "prise";

    /** Whether it is our own command. */
    public boolean isPrise() {
        return name.equals(PRISE);
    }

    /** The words to start it with. */
    List<String> words(String host, int port, int seconds, List<String> options) {
        Map<String, String> values = Map.of(
                "host",
                brackets && host.contains(":") ? "[" + host + "]" : host,
                "port",
                Integer.toString(port),
                "seconds",
                Integer.toString(seconds));
        List<String> words = new ArrayList<>();
        for (String word : seconds > 0 ? timed : command) {
            String filled = word;
            for (Map.Entry<String, String> value : values.entrySet()) {
                filled = filled.replace("{" + value.getKey() + "}", value.getValue());
            }
            words.add(filled);
        }
        words.addAll(options);
        return words;
    }
}
