package dev.prise.simulation;

/** How to run a failing dial again. */
final class Again {
    private Again() {}

    /** One command that runs one test with these system properties. */
    static String command(String test, String... properties) {
        StringBuilder command =
                new StringBuilder("mvn test -pl simulation -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=");
        command.append(test);
        for (String property : properties) {
            command.append(" -D").append(property);
        }
        return command.toString();
    }
}
