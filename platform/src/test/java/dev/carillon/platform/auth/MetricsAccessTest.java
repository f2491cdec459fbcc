package dev.carillon.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class MetricsAccessTest {
    private static final String TOKEN = "sixteen-letters-";

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.8.8.8, true", "::1, true", "10.0.0.7, false", "2001:db8::1, false"})
    void withoutATokenOnlyThisMachineReads(String address, boolean admitted) {
        assertThat(new MetricsAccess(null).admits(request(address, "Bearer " + TOKEN)))
                .isEqualTo(admitted);
        assertThat(new MetricsAccess(" ").admits(request(address, null))).isEqualTo(admitted);
    }

    @Test
    void withATokenWhoeverShowsItReads() {
        MetricsAccess access = new MetricsAccess(TOKEN);

        assertThat(access.admits(request("10.0.0.7", "Bearer " + TOKEN))).isTrue();
        assertThat(access.admits(request("10.0.0.7", TOKEN))).isFalse();
        assertThat(access.admits(request("127.0.0.1", "Bearer another"))).isFalse();
        assertThat(access.admits(request("127.0.0.1", null))).isFalse();
    }

    @Test
    void refusesATokenThatCouldBeGuessedAndKeepsItOutOfLogs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetricsAccess("short"))
                .withMessageContaining("carillon.metrics.token");
        assertThat(new MetricsAccess(TOKEN).toString()).doesNotContain(TOKEN);
    }

    private static MockHttpServletRequest request(String address, @Nullable String authorization) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        if (authorization != null) {
            request.addHeader("Authorization", authorization);
        }
        return request;
    }
}
