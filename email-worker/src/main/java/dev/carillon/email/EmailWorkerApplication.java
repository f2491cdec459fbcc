package dev.carillon.email;

import dev.carillon.platform.startup.CarillonService;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The e-mail worker alone, against an outside Kafka and PostgreSQL. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {KafkaAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@Import(EmailWorkerConfiguration.class)
public class EmailWorkerApplication {

    /** Where its HTTP endpoints listen unless {@code server.port} says otherwise. */
    static final int PORT = 8083;

    public static void main(String[] arguments) {
        CarillonService.application(EmailWorkerApplication.class, PORT).run(arguments);
    }
}
