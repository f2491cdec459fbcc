package dev.carillon.fleet;

import dev.carillon.push.webpush.VapidKeyPair;
import dev.carillon.schemas.Service;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the processes of a fleet run.
 *
 * @param arguments of every service, as {@code --name=value}
 * @param jvm arguments of every JVM
 * @param replicas how many processes of each service; one where the map is silent
 */
public record FleetSettings(List<String> arguments, List<String> jvm, Map<Service, Integer> replicas) {

    /** Fast to start and small; slow under load. */
    private static final List<String> SMALL_JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    public FleetSettings {
        arguments = List.copyOf(arguments);
        jvm = List.copyOf(jvm);
        replicas = Map.copyOf(replicas);
    }

    /** One small process of each service with a key pair for push. */
    public static FleetSettings small(int smtpPort) {
        VapidKeyPair vapid = VapidKeyPair.generate();
        List<String> arguments = new ArrayList<>(forTests(smtpPort));
        arguments.add("--carillon.push.vapid.public-key=" + vapid.publicKey());
        arguments.add("--carillon.push.vapid.private-key=" + vapid.privateKeyText());
        arguments.add("--carillon.push.vapid.subject=mailto:ops@example.org");
        return new FleetSettings(arguments, SMALL_JVM, Map.of());
    }

    /** The known keys and secrets; mails go to {@code smtpPort}, pushes may go to the loopback, and clocks can be moved. */
    public static List<String> forTests(int smtpPort) {
        return List.of(
                "--carillon.ingest.bootstrap-key=" + RunningCarillon.API_KEY,
                "--carillon.auth.jwt-secret=" + RunningCarillon.JWT_SECRET,
                "--carillon.clock.test-secret=" + RunningCarillon.CLOCK_SECRET,
                "--carillon.email.smtp.host=127.0.0.1",
                "--carillon.email.smtp.port=" + smtpPort,
                "--carillon.email.smtp.security=none",
                "--carillon.email.from=carillon@example.org",
                "--carillon.push.endpoint.allow-insecure=true",
                "--carillon.topics.partitions=3");
    }

    /** The same with further arguments, each in the place of an earlier one of its name. */
    public FleetSettings with(String... further) {
        // Spring would join the values of a name that comes twice.
        Map<String, String> byName = new LinkedHashMap<>();
        Stream.concat(arguments.stream(), Stream.of(further))
                .forEach(argument -> byName.put(argument.replaceFirst("=.*", ""), argument));
        return new FleetSettings(List.copyOf(byName.values()), jvm, replicas);
    }

    /** The same with other arguments for the JVMs. */
    public FleetSettings withJvm(String... others) {
        return new FleetSettings(arguments, List.of(others), replicas);
    }

    /** The same with {@code count} processes of a service. */
    public FleetSettings withReplicas(Service service, int count) {
        Map<Service, Integer> changed = new EnumMap<>(Service.class);
        changed.putAll(replicas);
        changed.put(service, count);
        return new FleetSettings(arguments, jvm, changed);
    }

    int replicas(Service service) {
        return replicas.getOrDefault(service, 1);
    }
}
