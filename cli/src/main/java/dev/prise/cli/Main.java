package dev.prise.cli;

/** The {@code prise} command. */
public final class Main {
    private Main() {}

    /**
     * Runs the command and ends the process with its exit status.
     *
     * @param arguments as on the command line
     */
    public static void main(String[] arguments) {
        System.exit(Prise.run(Console.ofProcess(), Arguments.asGiven(arguments)));
    }
}
