package dev.prise.lab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BehaviourTest {
    @Test
    @DisplayName("every kind is read by its name, with its number where it has one")
    void kinds() {
        for (Behaviour.Kind kind : Behaviour.Kind.values()) {
            String text = kind.text() + (kind.hasNumber() ? " 7" : "");
            assertThat(Behaviour.parse(text)).isEqualTo(new Behaviour(kind, kind.hasNumber() ? 7 : 0));
        }
    }

    @Test
    @DisplayName("hyphens of ICMP's names and a unit may be written")
    void spelling() {
        assertThat(Behaviour.parse("icmp host-unreachable").kind()).isEqualTo(Behaviour.Kind.ICMP_HOST_UNREACHABLE);
        assertThat(Behaviour.parse("syn delay 250 ms")).isEqualTo(new Behaviour(Behaviour.Kind.SYN_DELAY, 250));
        assertThat(Behaviour.parse("syn delay 250ms")).isEqualTo(new Behaviour(Behaviour.Kind.SYN_DELAY, 250));
    }

    @Test
    @DisplayName("what is no behaviour is refused, with the list of those that there are")
    void refused() {
        for (String text : new String[] {"", "fine", "hole 3", "syn delay", "syn delay 60001 ms", "syn loss 11"}) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> Behaviour.parse(text));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Behaviour.parse("fine"))
                .withMessageContaining("reset after accept");
    }
}
