package dev.carillon.ingest.asking;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Topics;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class AskingConfiguration {
    /** Somebody waits; a router answers within some milliseconds, and within seconds where it has just taken over. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Bean
    Answers ingestAnswers() {
        return new Answers();
    }

    @Bean
    AnswerTail ingestAnswerTail(KafkaClients clients, Topics topics, Answers answers) {
        return new AnswerTail(clients, topics.answers(), answers);
    }

    @Bean
    AskRouter ingestAskRouter(Answers answers, AnswerTail tail, @Qualifier("ingestSender") RecordSender sender) {
        return new AskRouter(answers, tail, sender, LIMIT);
    }
}
