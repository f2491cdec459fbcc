package dev.carillon.ingest.explain;

import dev.carillon.ingest.asking.AskRouter;
import dev.carillon.ingest.intake.Questions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class ExplainConfiguration {
    @Bean
    ExplainController ingestExplainController(Questions questions, AskRouter router) {
        return new ExplainController(new ExplainEvents(questions, router));
    }
}
