package dev.carillon.ingest;

import dev.carillon.platform.startup.CarillonService;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Runs ingest-api alone. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(IngestApiConfiguration.class)
public class IngestApiApplication {
    private static final int PORT = 8081;

    public static void main(String[] args) {
        CarillonService.application(IngestApiApplication.class, PORT).run(args);
    }
}
