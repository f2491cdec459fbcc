package dev.carillon.ingest.hold;

import dev.carillon.ingest.asking.AskRouter;
import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.ingest.personal.KeptUnderPseudonym;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class HoldConfiguration {
    @Bean
    HoldActionTable ingestHoldActionTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new HoldActionTable(jdbc);
    }

    @Bean
    KeepsRecipients ingestKeptHoldActions(@Qualifier("ingestJdbc") JdbcClient jdbc, HoldActionTable actions) {
        return new KeptUnderPseudonym(jdbc, "hold_action", actions::pseudonymise);
    }

    @Bean
    HoldController ingestHoldController(AskRouter router, Topics topics, HoldActionTable actions, Clock clock) {
        return new HoldController(new AskHolds(router, topics, actions, clock), actions);
    }
}
