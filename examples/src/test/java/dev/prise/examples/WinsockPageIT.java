package dev.prise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.examples.Running.Ended;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/winsock.md says is typed gives what it says comes. */
class WinsockPageIT {
    /** A command and its output, but for the port, and that the tests are in the folder {@code examples}. */
    private record Dialogue(List<String> command, List<String> output) {
        static Dialogue of(Page.Block block) {
            List<String> lines = block.text().lines().toList();
            assertThat(lines.get(0)).startsWith("$ ");
            return new Dialogue(List.of(lines.get(0).substring(2).split(" ")), lines.subList(1, lines.size()));
        }

        Running start(String port) {
            if (command.get(0).equals("./prise")) {
                return Running.prise(command.subList(1, command.size()).toArray(String[]::new));
            }
            assertThat(command.get(0)).isEqualTo("java");
            List<String> java = new ArrayList<>(Running.java("-Dprise.examples.port=" + port));
            command.stream()
                    .skip(1)
                    .map(word -> word.replaceFirst("^examples/", ""))
                    .forEach(java::add);
            return Running.start(java);
        }
    }

    @Test
    void serverThenClientThenTheRest() throws IOException, InterruptedException {
        if (Program.JAVA_SERVER.isMissing()) {
            return;
        }
        List<Dialogue> dialogues =
                Page.WINSOCK.dialogues().stream().map(Dialogue::of).toList();
        String port = Ports.free();
        Dialogue server = dialogues.get(0);
        try (Running serving = server.start(port).listening(port)) {
            for (Dialogue dialogue : dialogues.subList(1, dialogues.size())) {
                try (Running running = dialogue.start(port)) {
                    assertThat(running.end()).isEqualTo(new Ended(0, dialogue.output(), List.of()));
                }
            }
            assertThat(serving.end()).isEqualTo(new Ended(0, server.output(), List.of()));
        }
    }
}
