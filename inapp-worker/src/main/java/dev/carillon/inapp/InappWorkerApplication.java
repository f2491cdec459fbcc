package dev.carillon.inapp;

import dev.carillon.platform.startup.CarillonService;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The in-app worker as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {KafkaAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@Import(InappWorkerConfiguration.class)
public class InappWorkerApplication {
    private static final int PORT = 8082;

    /** Starts the service; settings come from the environment and the command line. */
    public static void main(String[] arguments) {
        CarillonService.application(InappWorkerApplication.class, PORT).run(arguments);
    }
}
