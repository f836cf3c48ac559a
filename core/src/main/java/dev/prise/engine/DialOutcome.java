package dev.prise.engine;

import dev.prise.address.AddressInfo;
import dev.prise.race.RaceAction;
import dev.prise.trace.Trace;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a dial ended: with a channel and its address, or with a reason.
 *
 * @param channel the connected channel in blocking mode, null when the dial failed
 * @param address what it is connected to, null when the dial failed
 * @param reason why the dial failed, null when it connected
 * @param story what happened
 * @param check the winner's, null when none was demanded or the dial failed
 * @param causes what the attempts that failed had thrown, in the order of their ends
 */
public record DialOutcome(
        @Nullable SocketChannel channel,
        @Nullable AddressInfo address,
        RaceAction.@Nullable FailReason reason,
        Supplier<Trace> story,
        @Nullable ReadyCheck check,
        List<Throwable> causes) {

    /** What happened. */
    public Trace trace() {
        return story.get();
    }
}
