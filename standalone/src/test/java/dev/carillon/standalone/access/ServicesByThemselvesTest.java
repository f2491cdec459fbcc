package dev.carillon.standalone.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.EmailWorkerApplication;
import dev.carillon.fleet.FleetSettings;
import dev.carillon.inapp.InappWorkerApplication;
import dev.carillon.ingest.IngestApiApplication;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.push.PushWorkerApplication;
import dev.carillon.router.RouterStreamApplication;
import dev.carillon.standalone.access.MappedEndpoints.Endpoint;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Every endpoint of each service as it runs alone, with its own security, called by every kind of caller. */
@ExtendWith(InfrastructureExtension.class)
class ServicesByThemselvesTest {
    private static final List<Class<?>> BEHIND = List.of(
            RouterStreamApplication.class,
            InappWorkerApplication.class,
            EmailWorkerApplication.class,
            PushWorkerApplication.class);

    @Test
    void letInWhomTheTableNamesAndNobodyElse(TestDatabase database, @TempDir Path state) {
        List<String> arguments = arguments(database, state);
        try (ConfigurableApplicationContext frontDoor = start(IngestApiApplication.class, arguments);
                Callers callers = new Callers(frontDoor, origin(frontDoor))) {
            assertAccess(frontDoor, callers);
            // The other services know no keys, only this.
            arguments.add("--carillon.operator.token=" + callers.token(Caller.OPERATE_KEY));
            for (Class<?> service : BEHIND) {
                try (ConfigurableApplicationContext started = start(service, arguments)) {
                    assertAccess(started, callers);
                }
            }
        }
    }

    private static void assertAccess(ConfigurableApplicationContext service, Callers callers) {
        List<Endpoint> endpoints = MappedEndpoints.of(service);
        assertThat(endpoints).isNotEmpty();
        assertThat(AccessTable.wrong(endpoints, callers, origin(service)))
                .as("%s", service.getEnvironment().getProperty("carillon.tracing.service-name"))
                .isEmpty();
    }

    private static String origin(ConfigurableApplicationContext service) {
        return "http://127.0.0.1:" + service.getEnvironment().getRequiredProperty("local.server.port");
    }

    private static ConfigurableApplicationContext start(Class<?> service, List<String> arguments) {
        return CarillonService.application(service, 0).run(arguments.toArray(String[]::new));
    }

    private static List<String> arguments(TestDatabase database, Path state) {
        List<String> arguments = new ArrayList<>(FleetSettings.small(9).arguments());
        arguments.removeIf(argument -> argument.startsWith("--carillon.clock."));
        arguments.add("--spring.kafka.bootstrap-servers=" + TestInfrastructure.bootstrapServers());
        arguments.add("--carillon.topics.prefix=" + TestInfrastructure.freshTopicPrefix());
        arguments.add("--carillon.router.state-dir=" + state);
        // Asked by whoever signs in, which nobody does here.
        arguments.add("--carillon.ingest.console.oidc.issuer=https://id.example.org");
        arguments.add("--carillon.ingest.console.oidc.client-id=carillon");
        arguments.add("--carillon.ingest.console.oidc.claim=groups");
        arguments.add("--carillon.ingest.console.oidc.values=operators");
        arguments.add("--carillon.ingest.console.oidc.origin=https://carillon.example.org");
        database.springProperties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments;
    }
}
