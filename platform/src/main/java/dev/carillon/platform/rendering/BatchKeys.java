package dev.carillon.platform.rendering;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.platform.template.TextTemplate;
import dev.carillon.schemas.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders what tells the batches of a type apart. Nothing fails here. Safe for all threads. */
public final class BatchKeys {
    private static final Logger LOG = LoggerFactory.getLogger(BatchKeys.class);
    private static final int MOST_KEY = 200;

    private final Cache<String, TextTemplate> compiled;

    /** @param cached how many compiled templates are kept */
    public BatchKeys(int cached) {
        this.compiled = Caffeine.newBuilder().maximumSize(cached).build();
    }

    /**
     * The key of {@code event}: what {@code template} makes of it, without the recipient. Empty where the event does not
     * have what the template reads, and where the template cannot be used.
     */
    public String of(String template, Event event) {
        try {
            return compiled.get(template, TextTemplate::compile)
                    .render(TemplateData.of(event), MOST_KEY)
                    .text()
                    .strip();
        } catch (RuntimeException e) {
            LOG.warn("The key of a batch of {} cannot be rendered: {}", event.type(), e.toString());
            return "";
        }
    }
}
