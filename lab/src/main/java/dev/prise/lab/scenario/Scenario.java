package dev.prise.lab.scenario;

import dev.prise.lab.net.Behaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client meets, and what it should do. {@code lab/scenarios.yaml} holds them; its head explains the fields.
 *
 * @param name one word
 * @param shows what is the case
 * @param right what the right behaviour is
 * @param rule where that is written
 * @param host how the client is told the server: {@code name}, a name that DNS knows; {@code localhost}; or an address of the scenario
 * @param inet6 what the IPv6 addresses of the name do, in the order of the answer
 * @param inet what its IPv4 addresses do
 * @param dns what DNS does, by type; {@code answer} with all addresses of the family for what is absent
 * @param options more options for {@code prise}, for what other clients have no word for
 * @param priseOnly whether it is one of {@code prise} alone
 * @param timedSeconds the time after which the client is told to give up by itself; 0 for its own defaults
 * @param limitSeconds the time after which the laboratory ends the client
 * @param runs how often it is run
 * @param dials how often {@code prise} dials in one run, with one memory of addresses; only the last dial is looked at
 * @param faster why a client that is faster than {@code prise} here is wrong; null when none may be
 * @param expect what {@code prise} must do
 * @param sweep values to repeat it with
 * @param of the name of the sweep that it is a part of
 * @param value its value in the sweep
 */
public record Scenario(
        String name,
        String shows,
        String right,
        String rule,
        @Nullable String host,
        @Nullable List<String> inet6,
        @Nullable List<String> inet,
        @Nullable Map<String, String> dns,
        @Nullable List<String> options,
        boolean priseOnly,
        @Nullable Integer timedSeconds,
        @Nullable Integer limitSeconds,
        @Nullable Integer runs,
        @Nullable Integer dials,
        @Nullable String faster,
        Expectation expect,
        Expectation.@Nullable Sweep sweep,
        @Nullable String of,
        int value) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");
    private static final Pattern TIMES = Pattern.compile("(.+?) \\* ([0-9]+)");
    private static final Pattern PLACE = Pattern.compile("\\b[46][a-z]+\\b");
    private static final int USUAL_LIMIT_SECONDS = 12;
    private static final int USUAL_RUNS = 3;

    /**
     * Checks what can be checked without a run.
     *
     * @throws IllegalArgumentException if something is not as it should be
     */
    public Scenario {
        if (!NAME.matcher(Objects.requireNonNull(name, "a scenario without a name"))
                .matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a name of small letters, digits and hyphens");
        }
        for (Object needed : new Object[] {shows, right, rule, expect}) {
            Objects.requireNonNull(needed, name + " lacks one of: shows, right, rule, expect");
        }
    }

    /** How the client is told the server. */
    public String hostKind() {
        return host == null ? "name" : host;
    }

    /** More options for {@code prise}. */
    public List<String> priseOptions() {
        return options == null ? List.of() : options;
    }

    /** After how long the client is told to give up; 0 for its own defaults. */
    public int timed() {
        return timedSeconds == null ? 0 : timedSeconds;
    }

    /** After how long the laboratory ends the client. */
    public int limit() {
        return limitSeconds == null ? USUAL_LIMIT_SECONDS : limitSeconds;
    }

    /** How often it is run. */
    public int runCount() {
        return runs == null ? USUAL_RUNS : runs;
    }

    /** How often {@code prise} dials in one run; more than once makes it a scenario of its memory. */
    public int dialCount() {
        return dials == null ? 1 : dials;
    }

    /** Whether other clients can be run in it too. */
    public boolean isForAll() {
        return !priseOnly && priseOptions().isEmpty() && dialCount() == 1;
    }

    /** The name that stands in tables: that of the sweep for a part of one. */
    public String family() {
        return of == null ? name : of;
    }

    /** Its addresses, IPv6 first. */
    public List<Place> places() {
        List<Place> places = new ArrayList<>();
        add(places, true, inet6);
        add(places, false, inet);
        return places;
    }

    /**
     * Checks its addresses.
     *
     * @throws IllegalArgumentException if one has a behaviour that there is none of, or that loopback cannot have
     */
    void check() {
        if (dialCount() < 1) {
            throw new IllegalArgumentException("dials: 1 or more");
        }
        List<String> names = places().stream().map(Place::name).toList();
        String expected = (expect.winner() == null ? "" : expect.winner() + " ")
                + (expect.attempts() == null ? "" : expect.attempts());
        Matcher address = PLACE.matcher(expected);
        while (address.find()) {
            if (!names.contains(address.group())) {
                throw new IllegalArgumentException("it has no address " + address.group());
            }
        }
        for (Place place : places()) {
            Behaviour.Kind kind = place.behaviour().kind();
            boolean onLoopback =
                    kind == Behaviour.Kind.GOOD || kind == Behaviour.Kind.HOLE || kind == Behaviour.Kind.REFUSED;
            if (hostKind().equals("localhost") && !onLoopback) {
                throw new IllegalArgumentException("an address of localhost cannot be: " + kind.text());
            }
        }
    }

    private static void add(List<Place> places, boolean six, @Nullable List<String> texts) {
        int index = 0;
        for (String text : texts == null ? List.<String>of() : texts) {
            Matcher times = TIMES.matcher(text);
            boolean several = times.matches();
            Behaviour behaviour = Behaviour.parse(several ? times.group(1) : text);
            for (int left = several ? Integer.parseInt(times.group(2)) : 1; left > 0; left--) {
                places.add(new Place(Place.name(six, index++), behaviour));
            }
        }
    }

    /**
     * The lines of the DNS script for a name, without the name.
     *
     * @param addresses the address of each place, as text
     */
    public List<String> dnsLines(Map<String, String> addresses) {
        List<String> lines = new ArrayList<>();
        Map<String, String> script = dns == null ? Map.of() : dns;
        for (String type : List.of("AAAA", "A")) {
            lines.add(type + " " + behaviour(script.getOrDefault(type, ""), type.equals("AAAA"), addresses));
        }
        script.forEach((type, text) -> {
            if (!type.equals("AAAA") && !type.equals("A")) {
                lines.add(type + " " + replacePlaces(text, addresses));
            }
        });
        return lines;
    }

    /** A delay or {@code truncate} alone stands before the usual answer. */
    private String behaviour(String text, boolean six, Map<String, String> addresses) {
        if (!text.isEmpty() && !text.matches("(delay \\S+|truncate|delay \\S+ truncate)")) {
            return replacePlaces(text, addresses);
        }
        StringBuilder answer = new StringBuilder();
        for (Place place : places()) {
            if (place.isSix() == six) {
                answer.append(' ').append(addresses.get(place.name()));
            }
        }
        return (text + (answer.isEmpty() ? " empty" : " answer" + answer)).strip();
    }

    private static String replacePlaces(String text, Map<String, String> addresses) {
        return PLACE.matcher(text).replaceAll(match -> {
            String address = addresses.get(match.group());
            if (address == null) {
                throw new IllegalArgumentException("there is no address " + match.group() + " for '" + text + "'");
            }
            return address;
        });
    }
}
