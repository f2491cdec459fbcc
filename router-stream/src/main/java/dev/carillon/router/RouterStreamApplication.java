package dev.carillon.router;

import dev.carillon.platform.startup.CarillonService;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The router alone, against an outside Kafka. It has no database, and no HTTP but health and metrics. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            KafkaAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        })
@Import(RouterStreamConfiguration.class)
public class RouterStreamApplication {

    /** Where its health and metrics listen unless {@code server.port} says otherwise. */
    static final int PORT = 8085;

    public static void main(String[] arguments) {
        CarillonService.application(RouterStreamApplication.class, PORT).run(arguments);
    }
}
