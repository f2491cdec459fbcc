package dev.carillon.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThisMachineTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.8.9.1", "[::1]", "[::ffff:127.0.0.1]"})
    void isNamedByItsOwnAddresses(String host) {
        assertThat(ThisMachine.isNamedBy(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1", "0.0.0.0", "[::2]", "[]", "1.2.3.4.5", "999.1.1.1", "localhost.example.com", "[a.b]"
            })
    void isNotNamedByAnythingElse(String host) {
        assertThat(ThisMachine.isNamedBy(host)).isFalse();
    }
}
