package dev.carillon.ingest.explain;

import dev.carillon.ingest.intake.Questions;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Topics;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class ExplainConfiguration {
    /** Somebody waits; a router that is well answers within some milliseconds. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @Bean
    Answers ingestAnswers() {
        return new Answers();
    }

    @Bean
    AnswerTail ingestAnswerTail(KafkaClients clients, Topics topics, Answers answers) {
        return new AnswerTail(clients, topics.answers(), answers);
    }

    @Bean
    ExplainController ingestExplainController(Questions questions, Answers answers, AnswerTail tail) {
        return new ExplainController(new ExplainEvents(questions, answers, tail, LIMIT));
    }
}
