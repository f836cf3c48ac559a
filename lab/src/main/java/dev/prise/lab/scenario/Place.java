package dev.prise.lab.scenario;

import dev.prise.lab.net.Behaviour;

/**
 * An address of a scenario.
 *
 * @param name what the scenario calls it: the family's digit and a letter, such as {@code 6a}, the first IPv6 address of the answer
 * @param behaviour what it does to who connects to it
 */
public record Place(String name, Behaviour behaviour) {
    /** The name of an address by its position in its family's answer, from 0. */
    static String name(boolean six, int index) {
        StringBuilder letters = new StringBuilder();
        for (int left = index; left >= 0; left = left / 26 - 1) {
            letters.insert(0, (char) ('a' + left % 26));
        }
        return (six ? "6" : "4") + letters;
    }

    /** Whether it is an IPv6 address. */
    public boolean isSix() {
        return name.startsWith("6");
    }
}
