package dev.prise;

import dev.prise.engine.ReadyCheck;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes the engine's checks of the caller's. */
final class ReadyChecks {
    private ReadyChecks() {}

    static ReadyCheck.Factory of(Readiness readiness, Target target) {
        return (channel, address, wake) -> {
            Readiness.@Nullable Check check = readiness.begin(new Readiness.Connection(target, address, channel, wake));
            if (check == null) {
                throw new IllegalStateException("the readiness returned no check");
            }
            return new Adapter(check);
        };
    }

    private record Adapter(Readiness.Check check) implements ReadyCheck {
        @Override
        public Need step() throws IOException {
            Readiness.@Nullable Step step = check.step();
            if (step == null) {
                throw new IllegalStateException("the readiness said no step");
            }
            return switch (step) {
                case NEEDS_READ -> Need.READ;
                case NEEDS_WRITE -> Need.WRITE;
                case PENDING -> Need.WAKE;
                case READY -> Need.NOTHING;
            };
        }

        @Override
        public void close() {
            check.close();
        }
    }
}
