package dev.carillon.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.platform.outbound.ForbiddenEndpoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointPolicyTest {
    private final EndpointPolicy policy =
            new EndpointPolicy(EndpointSettings.KNOWN_PUSH_SERVICES, false, "carillon.push.endpoint.hosts");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fcm.googleapis.com/fcm/send/abc:def",
                "https://FCM.googleapis.com:443/fcm/send/abc",
                "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
                "https://web.push.apple.com/QGx",
                "https://wns2-par02p.notify.windows.com/w/?token=BQ"
            })
    void acceptsTheBrowsersPushServices(String endpoint) {
        assertThat(policy.check(endpoint)).hasToString(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://fcm.googleapis.com/x",
                "https://fcm.googleapis.com:8443/x",
                "https://fcm.googleapis.com@evil.example/x",
                "https://user@fcm.googleapis.com/x",
                "https://fcm.googleapis.com.evil.example/x",
                "https://evilpush.apple.com/x",
                "https://push.apple.com/x",
                "https://127.0.0.1/x",
                "https://[::1]/x",
                "https://localhost/x",
                "https:///x",
                "https:x",
                "file:///etc/passwd",
                "ftp://fcm.googleapis.com/x",
                "https://fcm.googleapis.com/x#y",
                "https://fcm.googleapis.com/a b",
                "https://fcm.googleapis.com/\r\nHost: x",
                "  "
            })
    void refusesEverythingElse(String endpoint) {
        assertThatThrownBy(() -> policy.check(endpoint))
                .isInstanceOf(ForbiddenEndpoint.class)
                .hasMessageStartingWith("must ");
    }

    @Test
    void refusesAnOverlongOne() {
        assertThatThrownBy(() -> policy.check("https://fcm.googleapis.com/" + "a".repeat(2_048)))
                .hasMessageContaining("2048");
    }

    @Test
    void anOpenPolicyStillWantsHttps() {
        EndpointPolicy open = new EndpointPolicy(List.of("*"), false, "carillon.push.endpoint.hosts");

        assertThat(open.check("https://push.example.org/x")).isNotNull();
        assertThatThrownBy(() -> open.check("http://push.example.org/x")).hasMessage("must be an https address");
    }

    @Test
    void theExplicitSettingForTestsAllowsThePlainLoopback() {
        assertThat(new EndpointPolicy(List.of(), true, "carillon.push.endpoint.hosts")
                        .check("http://localhost:8080/push/1"))
                .isNotNull();
    }
}
