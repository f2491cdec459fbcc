package dev.carillon.standalone.access;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.inapp.InappWorkerApplication;
import dev.carillon.ingest.IngestApiApplication;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.push.PushWorkerApplication;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that takes tokens of end users does not start before it is told how they are checked: there is no default. */
@ExtendWith(InfrastructureExtension.class)
class NoDefaultSecretTest {
    private static final String NONE =
            "set carillon.auth.jwt-secret or carillon.auth.jwks-uri, so that end users' tokens can be checked";
    private static final String SHORT = "carillon.auth.jwt-secret must have at least 32 bytes";
    private static final String BOTH = "set carillon.auth.jwt-secret or carillon.auth.jwks-uri, not both";
    private static final String NO_ISSUER = "set carillon.auth.issuer too where carillon.auth.jwks-uri is set";

    static Stream<Arguments> starts() {
        String secret = "--carillon.auth.jwt-secret=a-secret-of-the-test-with-32-bytes-or-more";
        String keys = "--carillon.auth.jwks-uri=https://id.example.org/keys";
        String issuer = "--carillon.auth.issuer=https://id.example.org";
        return Stream.of(IngestApiApplication.class, InappWorkerApplication.class, PushWorkerApplication.class)
                .flatMap(service -> Stream.of(
                        Arguments.of(service, List.of(), NONE),
                        Arguments.of(service, List.of("--carillon.auth.jwt-secret=too-short"), SHORT),
                        Arguments.of(service, List.of(secret, keys, issuer), BOTH),
                        Arguments.of(service, List.of(keys), NO_ISSUER)));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void refusesToStart(Class<?> service, List<String> settings, String sentence, TestDatabase database) {
        List<String> arguments = new ArrayList<>(settings);
        arguments.add("--spring.kafka.bootstrap-servers=" + TestInfrastructure.bootstrapServers());
        arguments.add("--carillon.topics.prefix=" + TestInfrastructure.freshTopicPrefix());
        arguments.add("--carillon.topics.partitions=1");
        database.springProperties().forEach((name, value) -> arguments.add("--" + name + "=" + value));

        assertThatThrownBy(() -> CarillonService.application(service, 0)
                        .run(arguments.toArray(String[]::new))
                        .close())
                .rootCause()
                .hasMessageContaining(sentence);
    }
}
