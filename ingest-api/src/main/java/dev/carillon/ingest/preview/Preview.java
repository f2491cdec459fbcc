package dev.carillon.ingest.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.platform.rendering.Rendered;
import dev.carillon.schemas.Channel;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a type on one channel, in one language.
 *
 * @param locale null: a reader whose language has no texts of its own
 * @param warnings what the texts lack, such as {@code title: data.amount has no value}
 */
record Preview(
        Channel channel,
        @Nullable String locale,
        @Nullable String title,
        @Nullable String subject,
        @Nullable String body,
        @Nullable String actionUrl,
        @JsonInclude(Include.NON_EMPTY) List<String> warnings) {

    static Preview of(Channel channel, Locale locale, Rendered rendered) {
        return new Preview(
                channel,
                locale.equals(Locale.ROOT) ? null : locale.toLanguageTag(),
                rendered.content().title(),
                rendered.content().subject(),
                rendered.content().body(),
                rendered.content().actionUrl(),
                rendered.warnings());
    }
}
