package dev.prise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import org.junit.jupiter.api.Test;

class ModuleTest {
    /** A program that requires the module compiles without JSpecify only if the dependency does not reach it. */
    @Test
    void moduleNeedsNothingButTheJavaLibrary() throws Exception {
        URL classes = Dialer.class.getProtectionDomain().getCodeSource().getLocation();
        try (InputStream in =
                classes.toURI().resolve("module-info.class").toURL().openStream()) {
            ModuleDescriptor module = ModuleDescriptor.read(in);
            assertThat(module.requires())
                    .filteredOn(required -> !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                    .extracting(ModuleDescriptor.Requires::name)
                    .containsExactly("java.base");
            assertThat(module.requires())
                    .noneMatch(
                            required -> required.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE));
            assertThat(module.exports())
                    .extracting(ModuleDescriptor.Exports::source)
                    .doesNotContain("dev.prise.engine");
        }
    }
}
