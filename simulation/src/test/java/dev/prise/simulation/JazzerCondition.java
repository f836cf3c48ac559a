package dev.prise.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether Jazzer's native part, which is there for some systems only, loads on this one. */
final class JazzerCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String reason = whyNot();
        if (reason == null) {
            return ConditionEvaluationResult.enabled("Jazzer loads");
        }
        System.out.println("Left out: the fuzzing of the race, because Jazzer's native part does not load: " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    /** Jazzer's own classes must not be loaded before its agent is, so its library is, from a copy. */
    @SuppressWarnings("restricted") // to load it is the question
    private static @Nullable String whyNot() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String name = system.startsWith("mac") ? "macos" : system.startsWith("windows") ? "windows" : system;
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        String library = "jazzer_fuzzed_data_provider";
        String path = "/com/code_intelligence/jazzer/driver/" + library + "_" + name + "_" + machine + "/"
                + System.mapLibraryName(library);
        try (InputStream packed = JazzerCondition.class.getResourceAsStream(path)) {
            if (packed == null) {
                return "there is none for " + name + " on " + machine;
            }
            Path copy = Files.createTempFile("jazzer", System.mapLibraryName(""));
            // not before the end: libFuzzer cannot read the list of libraries when one of them has been deleted
            copy.toFile().deleteOnExit();
            Files.copy(packed, copy, StandardCopyOption.REPLACE_EXISTING);
            System.load(copy.toString());
            return null;
        } catch (IOException | UnsatisfiedLinkError e) {
            return e.toString();
        }
    }
}
