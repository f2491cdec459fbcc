package dev.carillon.ingest.preview;

import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.platform.rendering.RenderContent;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class PreviewConfiguration {
    private static final int TEXTS_KEPT = 1_000;

    @Bean
    PreviewController ingestPreviewController(TypeCatalogue catalogue, Clock clock) {
        return new PreviewController(catalogue, new RenderPreviews(new RenderContent(TEXTS_KEPT), clock));
    }
}
