package dev.prise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prise.DialResult;
import dev.prise.Target;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DemoTest {
    private static final Target TARGET = Target.of("localhost", 27015);

    private static DialResult follow(CompletableFuture<DialResult> dial) throws IOException, InterruptedException {
        DemoStory story = new DemoStory(InProcess.console(), ColorChoice.never);
        return DemoCommand.follow(listener -> dial, TARGET, story);
    }

    /** As when no descriptor is left to wait with. */
    @Test
    void aDialThatCannotBeginIsOneSentence() {
        IOException failure = new IOException("Too many open files");
        assertThatThrownBy(() -> follow(CompletableFuture.failedFuture(failure)))
                .isInstanceOfSatisfying(CommandException.class, e -> {
                    assertThat(e.status()).isEqualTo(ExitStatus.NOT_CONNECTED);
                    assertThat(e.sentence())
                            .isEqualTo("cannot connect to localhost port 27015: "
                                    + "too many open files (EMFILE, WSAEMFILE 10024); raise the limit, look for leaks");
                });
    }

    @Test
    void interruptionIsOneSentenceToo() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> follow(new CompletableFuture<>()))
                .isInstanceOfSatisfying(
                        InterruptedException.class,
                        e -> assertThat(Failures.report(InProcess.console(), e)).isEqualTo(ExitStatus.INTERRUPTED));
    }
}
