package dev.prise.simulation;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A race driven by bytes. In a build the bytes are those of the seeds in the resources; with {@code -Djazzer.fuzz=true} Jazzer looks for
 * others that reach more of the code (CONTRIBUTING.md).
 */
@ExtendWith(JazzerCondition.class)
class RaceFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void race(FuzzedDataProvider data) {
        new FuzzedRace(data).run();
    }
}
