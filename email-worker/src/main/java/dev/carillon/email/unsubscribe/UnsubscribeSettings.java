package dev.carillon.email.unsubscribe;

import dev.carillon.platform.mail.MailAddress;
import dev.carillon.platform.outbound.ThisMachine;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How recipients stop mails. Without origin and secret mails carry no way to do so, which large mailbox providers do not
 * accept from bulk senders.
 *
 * @param origin under which recipients reach {@code /api/v1/email/unsubscribe}: https, or http on this machine
 * @param secret signs the links, at least 32 bytes; the same in all replicas
 * @param previousSecrets whose links still count
 * @param life how long a link counts
 * @param preferencesUrl http or https address of the page where recipients choose; null: no link to one
 * @param mailto address in ASCII that takes unsubscriptions by mail (RFC 2369), where somebody reads it; null: none
 */
@Validated
@ConfigurationProperties("carillon.email.unsubscribe")
public record UnsubscribeSettings(
        @Nullable String origin,
        @Nullable String secret,
        @DefaultValue({}) List<String> previousSecrets,
        @DefaultValue("180d") Duration life,
        @Nullable String preferencesUrl,
        @Nullable String mailto) {

    private static final String PREFIX = "carillon.email.unsubscribe.";
    private static final int SECRET_BYTES = 32;

    /** CAN-SPAM, 16 CFR 316.5: a way to stop works for 30 days after the mail. */
    private static final Duration SHORTEST_LIFE = Duration.ofDays(30);

    public UnsubscribeSettings {
        origin = blankToNull(origin);
        secret = blankToNull(secret);
        preferencesUrl = blankToNull(preferencesUrl);
        mailto = blankToNull(mailto);
        previousSecrets = List.copyOf(previousSecrets);
        require((origin == null) == (secret == null), "origin and secret", "set together or not at all");
        require(
                origin == null || isSafeOrigin(origin),
                "origin",
                "https://host, without a path; http on this machine only");
        require(secret == null || isLong(secret), "secret", "at least " + SECRET_BYTES + " bytes");
        require(
                previousSecrets.stream().allMatch(UnsubscribeSettings::isLong),
                "previous-secrets",
                "at least 32 bytes each");
        require(life.compareTo(SHORTEST_LIFE) >= 0, "life", "at least 30 d");
        require(preferencesUrl == null || web(preferencesUrl) != null, "preferences-url", "an http or https address");
        mailto = mailto == null ? null : address(mailto);
    }

    public static UnsubscribeSettings off() {
        return new UnsubscribeSettings(null, null, List.of(), Duration.ofDays(180), null, null);
    }

    public boolean isConfigured() {
        return secret != null;
    }

    private static String address(String text) {
        MailAddress address;
        try {
            address = MailAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PREFIX + "mailto: " + e.getMessage(), e);
        }
        require(!address.needsSmtpUtf8(), "mailto", "an address in ASCII: not all mail programs can write to others");
        return address.toString();
    }

    private static boolean isLong(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length >= SECRET_BYTES;
    }

    private static boolean isSafeOrigin(String text) {
        URI uri = web(text);
        return uri != null
                && uri.getRawPath().isEmpty()
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && ("https".equals(uri.getScheme()) || ThisMachine.isNamedBy(uri.getHost()));
    }

    private static @Nullable URI web(String text) {
        try {
            URI uri = new URI(text);
            boolean fine = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null;
            return fine ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + name + " must be " + rule);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "UnsubscribeSettings[" + origin + ", life=" + life + "]";
    }
}
