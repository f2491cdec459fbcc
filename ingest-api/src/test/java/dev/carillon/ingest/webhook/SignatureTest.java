package dev.carillon.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final String BODY = "{\"type\":\"notification.sent\",\"data\":{\"name\":\"Zoë\"}}";
    private static final String ID = "msg_1";

    /** By the system's clock: the library compares with it. */
    private final long now = Instant.now().getEpochSecond();

    @Test
    void isTheOneOfTheSpecificationsExample() {
        String signature = Signature.of(
                List.of(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void isAcceptedByTheLibraryOfTheSpecification() throws Exception {
        Secret secret = Secret.fresh();

        new Webhook(secret.text()).verify(BODY, headers(List.of(secret)));
        assertThatThrownBy(() -> new Webhook(secret.text()).verify(BODY + " ", headers(List.of(secret))))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(Secret.fresh().text()).verify(BODY, headers(List.of(secret))))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void isAcceptedWithEitherSecretUntilTheOldOneEnds() throws Exception {
        Instant until = Instant.parse("2026-11-20T10:00:00Z");
        Secrets before = Secrets.fresh();
        Secrets after = before.rotated(until);
        HttpHeaders both = headers(after.at(until.minusSeconds(1)));

        new Webhook(before.current().text()).verify(BODY, both);
        new Webhook(after.current().text()).verify(BODY, both);
        assertThat(after.at(until)).containsExactly(after.current());
        assertThat(after + " " + after.current())
                .doesNotContain(after.current().text().substring(6));
    }

    private HttpHeaders headers(List<Secret> secrets) {
        String signature = Signature.of(secrets, ID, now, BODY.getBytes(StandardCharsets.UTF_8));
        return HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of(ID),
                        "webhook-timestamp", List.of(Long.toString(now)),
                        "webhook-signature", List.of(signature)),
                (name, value) -> true);
    }
}
