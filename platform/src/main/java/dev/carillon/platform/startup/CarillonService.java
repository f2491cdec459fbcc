package dev.carillon.platform.startup;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;

/** How every service runs: what Spring Boot is told by default, below everything that an operator sets. */
public final class CarillonService {
    /** Of each phase of a stop: first requests are answered, then what was begun in the background ends. */
    public static final Duration STOP_PHASE = Duration.ofSeconds(20);

    private CarillonService() {}

    /** Makes the application of {@code configuration}; {@code port} is its default HTTP port. */
    public static SpringApplication application(Class<?> configuration, int port) {
        SpringApplication application = new SpringApplication(configuration);
        application.setBannerMode(Banner.Mode.OFF);
        Map<String, Object> defaults = defaults(port);
        String name = nameOf(configuration);
        defaults.put("carillon.tracing.service-name", name);
        defaults.put("logging.structured.ecs.service.name", name);
        application.setDefaultProperties(defaults);
        application.addInitializers(new RefuseUnknownSettings());
        return application;
    }

    /** {@code carillon-email-worker} of {@code EmailWorkerApplication}. */
    private static String nameOf(Class<?> configuration) {
        String name = configuration.getSimpleName().replaceFirst("(Application|Configuration)$", "");
        return "carillon" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The defaults, and what the environment sets through {@link ConfigurationAliases}. */
    static Map<String, Object> defaults(int port) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("server.port", port);
        defaults.put("server.address", "127.0.0.1");
        defaults.put("server.shutdown", "graceful");
        defaults.put("server.error.include-message", "never");
        // Types of files alone: an answer with something personal in it, as pages have, would tell by its length, and a
        // stream would be held back.
        defaults.put("server.compression.enabled", "true");
        defaults.put("server.compression.mime-types", "text/javascript,text/css,image/svg+xml");
        defaults.put("server.compression.min-response-size", "1KB");
        defaults.put("spring.threads.virtual.enabled", "true");
        defaults.put("spring.lifecycle.timeout-per-shutdown-phase", STOP_PHASE.toString());
        defaults.put("spring.main.log-startup-info", "false");
        defaults.put("spring.jmx.enabled", "false");
        defaults.put("spring.datasource.hikari.initialization-fail-timeout", "-1");
        defaults.put("spring.datasource.hikari.connection-timeout", "5000");
        defaults.put("spring.datasource.hikari.maximum-pool-size", "16");
        // Seconds in which a database must say something: no call waits for ever for one that is frozen or cut off.
        defaults.put("spring.datasource.hikari.data-source-properties.socketTimeout", "60");
        defaults.put("spring.datasource.hikari.data-source-properties.tcpKeepAlive", "true");
        // Of a row that it refuses the driver would tell every value, and so would a log.
        defaults.put("spring.datasource.hikari.data-source-properties.logServerErrorDetail", "false");
        defaults.put("spring.kafka.bootstrap-servers", "127.0.0.1:9092");
        defaults.put("management.endpoints.web.exposure.include", "health,prometheus");
        defaults.put("management.endpoint.health.probes.enabled", "true");
        defaults.put("logging.level.root", "WARN");
        defaults.put("logging.level.dev.carillon", "INFO");
        // A caller's mistake, which she is told.
        defaults.put("logging.level.org.springframework.web.servlet.PageNotFound", "ERROR");
        // Known chatter: configuration dumps at INFO, and reconnect attempts that our own lines already tell.
        defaults.put("logging.level.org.apache.kafka.clients.NetworkClient", "ERROR");
        defaults.putAll(ConfigurationAliases.resolve(System.getenv()));
        return defaults;
    }
}
