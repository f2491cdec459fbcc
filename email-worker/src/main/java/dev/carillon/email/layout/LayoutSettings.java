package dev.carillon.email.layout;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How mails look and speak.
 *
 * @param product the name that recipients know us by
 * @param publicOrigin http or https address that relative links are resolved against; without it they are left out
 * @param locale language of recipients who named none (BCP 47)
 * @param footer the last words instead of the built-in ones
 */
@Validated
@ConfigurationProperties("carillon.email.layout")
public record LayoutSettings(
        @DefaultValue("Carillon") String product,
        @Nullable String publicOrigin,
        @DefaultValue("en") String locale,
        @Nullable String footer) {

    private static final Pattern LANGUAGE_TAG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}");

    public LayoutSettings {
        if (product.isBlank()) {
            throw new IllegalArgumentException("carillon.email.layout.product must not be blank");
        }
        if (!LANGUAGE_TAG.matcher(locale).matches()) {
            throw new IllegalArgumentException(
                    "carillon.email.layout.locale must be a language tag such as en or de-AT, is " + locale);
        }
        footer = footer == null || footer.isBlank() ? null : footer;
    }

    Locale defaultLocale() {
        return Locale.forLanguageTag(locale);
    }
}
