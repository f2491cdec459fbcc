package dev.carillon.push;

import dev.carillon.platform.startup.CarillonService;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The push service alone, against an outside Kafka and PostgreSQL. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(PushWorkerConfiguration.class)
public class PushWorkerApplication {
    static final int PORT = 8084;

    public static void main(String[] arguments) {
        CarillonService.application(PushWorkerApplication.class, PORT).run(arguments);
    }
}
