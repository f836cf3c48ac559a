package dev.prise.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The tutorial's two programs, in Java and in C. */
enum Program {
    JAVA_CLIENT("TutorialClient"),
    /** Without native access the lookups are the Java library's. */
    JDK_CLIENT("TutorialClient"),
    /** On a Java without IPv6. */
    IPV4_CLIENT("TutorialClient"),
    C_CLIENT("tutorial_client"),
    JAVA_SERVER("TutorialServer"),
    C_SERVER("tutorial_server");

    private final String program;

    Program(String program) {
        this.program = program;
    }

    private List<String> javaOptions() {
        return switch (this) {
            case JDK_CLIENT -> List.of();
            case IPV4_CLIENT -> List.of("--enable-native-access=ALL-UNNAMED", "-Djava.net.preferIPv4Stack=true");
            default -> List.of("--enable-native-access=ALL-UNNAMED");
        };
    }

    boolean isC() {
        return this == C_CLIENT || this == C_SERVER;
    }

    /** Whether this machine cannot run it in a test; says what is left out then. */
    boolean isMissing() throws InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            System.out.println(
                    "Left out: " + this + ", because the tests know when a server listens, and numbers, on Linux only");
            return true;
        }
        return isC() && CProgram.cannotBeCompiled(toString());
    }

    /** Starts it with a port in place of 27015. */
    Running start(String port, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isC()) {
            command.add(CProgram.of(program, port).toString());
        } else {
            command.addAll(Running.java("-Dprise.examples.port=" + port));
            command.addAll(javaOptions());
            command.addAll(List.of("-cp", System.getProperty("prise.examples.jar"), "dev.prise.examples." + program));
        }
        command.addAll(List.of(arguments));
        return Running.start(command);
    }

    /** Starts it and waits for its end. */
    Running.Ended run(String port, String... arguments) throws IOException, InterruptedException {
        try (Running running = start(port, arguments)) {
            return running.end();
        }
    }
}
