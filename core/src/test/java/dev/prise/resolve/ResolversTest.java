package dev.prise.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prise.address.AddressFamily;
import dev.prise.address.AddressInfos;
import org.junit.jupiter.api.Test;

/** What is chosen where core is alone, as in its own tests. */
class ResolversTest {
    private static final String REASON = "getaddrinfo: prise-getaddrinfo is not on the class path or module path";

    @Test
    void jdkStandsInAndSaysWhy() {
        assertThat(Resolvers.preferred().name()).isEqualTo("jdk");
        assertThat(Resolvers.preferred().fallbackReason()).isEqualTo(REASON);
        assertThat(Resolvers.preferred().lookups(AddressFamily.UNSPEC)).containsExactly(AddressFamily.UNSPEC);
        assertThat(AddressInfos.provider()).isEqualTo("jdk");
        assertThat(AddressInfos.fallbackReason()).isEqualTo(REASON);
    }

    @Test
    void resolversByName() {
        assertThat(Resolvers.named("jdk")).isSameAs(JdkResolver.shared());
        assertThat(JdkResolver.shared().fallbackReason()).isNull();
        assertThat(Resolvers.unavailableReason("jdk")).isNull();
        assertThat(Resolvers.named("getaddrinfo")).isNull();
        assertThat(Resolvers.unavailableReason("getaddrinfo")).contains("prise-getaddrinfo is not on the class path");
        assertThat(Resolvers.named("nosuch")).isNull();
    }
}
