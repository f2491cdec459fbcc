package dev.carillon.email.dkim;

import dev.carillon.platform.mail.MailAddress;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The signature of mails (RFC 6376); domain, selector and key are set together, or none of them.
 *
 * @param domain signs; mails from it and from domains below it are signed, others are not
 * @param selector names the key: the public one stands in the DNS as {@code <selector>._domainkey.<domain>}
 * @param privateKey PEM file of an RSA key of 2048 bits or more, as {@code openssl genrsa 2048} writes it
 */
@Validated
@ConfigurationProperties("carillon.email.dkim")
public record DkimSettings(
        @Nullable String domain,
        @Nullable String selector,
        @Nullable Path privateKey) {

    /** RFC 6376, 3.1: labels as those of a host name. */
    private static final Pattern SELECTOR = Pattern.compile(
            "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    public DkimSettings {
        domain = domain == null || domain.isBlank() ? null : checkedDomain(domain.strip());
        selector = selector == null || selector.isBlank() ? null : selector.strip();
        privateKey = privateKey == null || privateKey.toString().isBlank() ? null : privateKey;
        boolean all = domain != null && selector != null && privateKey != null;
        boolean none = domain == null && selector == null && privateKey == null;
        if (!all && !none) {
            throw new IllegalArgumentException("carillon.email.dkim.domain, .selector and .private-key are set together"
                    + " or not at all; not set: " + (domain == null ? "domain " : "")
                    + (selector == null ? "selector " : "") + (privateKey == null ? "private-key" : ""));
        }
        if (selector != null && !SELECTOR.matcher(selector).matches()) {
            throw new IllegalArgumentException(
                    "carillon.email.dkim.selector must be letters, digits and hyphens, is " + selector);
        }
    }

    /** Nothing is signed. */
    public static DkimSettings off() {
        return new DkimSettings(null, null, null);
    }

    private static String checkedDomain(String domain) {
        try {
            return MailAddress.parse("any@" + domain).domain();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("carillon.email.dkim.domain must be a host name, is " + domain, e);
        }
    }
}
