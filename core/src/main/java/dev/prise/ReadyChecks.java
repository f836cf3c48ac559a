package dev.prise;

import dev.prise.engine.ReadyCheck;
import java.io.IOException;

/** Makes the engine's checks of the caller's. */
final class ReadyChecks {
    private ReadyChecks() {}

    static ReadyCheck.Factory of(Readiness readiness, Target target) {
        return (channel, address, wake) ->
                new Adapter(readiness.begin(new Readiness.Connection(target, address, channel, wake)));
    }

    private record Adapter(Readiness.Check check) implements ReadyCheck {
        @Override
        public Need step() throws IOException {
            return switch (check.step()) {
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
