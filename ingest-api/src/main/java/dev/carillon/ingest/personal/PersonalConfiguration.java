package dev.carillon.ingest.personal;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class PersonalConfiguration {
    @Bean
    ErasedTable ingestErasedTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new ErasedTable(jdbc);
    }
}
