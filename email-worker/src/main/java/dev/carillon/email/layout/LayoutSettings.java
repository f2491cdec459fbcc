package dev.carillon.email.layout;

import java.nio.file.Path;
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
 * @param address postal address of the sender, which many countries want under commercial mails; null: none
 * @param logo https address of a picture that stands for the product's name; null: the name is written
 * @param accent colour of buttons, where a notification's level brings none of its own, as {@code #rrggbb}
 * @param directory replaces any of the files {@code frame.html}, {@code single.html}, {@code digest.html}, {@code frame.txt},
 *     {@code single.txt} and {@code digest.txt}, and holds no file of another name; null: all are the built-in ones
 */
@Validated
@ConfigurationProperties("carillon.email.layout")
public record LayoutSettings(
        @DefaultValue("Carillon") String product,
        @Nullable String publicOrigin,
        @DefaultValue("en") String locale,
        @Nullable String footer,
        @Nullable String address,
        @Nullable String logo,
        @DefaultValue("#2563c9") String accent,
        @Nullable Path directory) {

    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

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
        address = address == null || address.isBlank() ? null : address;
        logo = logo == null || logo.isBlank() ? null : logo.strip();
        if (logo != null && !logo.startsWith("https://")) {
            throw new IllegalArgumentException("carillon.email.layout.logo must be an https address, is " + logo);
        }
        if (!COLOUR.matcher(accent).matches()) {
            throw new IllegalArgumentException(
                    "carillon.email.layout.accent must be a colour such as #2563c9, is " + accent);
        }
    }

    /** The built-in look. */
    public static LayoutSettings of(
            String product, @Nullable String publicOrigin, String locale, @Nullable String footer) {
        return new LayoutSettings(product, publicOrigin, locale, footer, null, null, "#2563c9", null);
    }

    Locale defaultLocale() {
        return Locale.forLanguageTag(locale);
    }
}
