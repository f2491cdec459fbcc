package dev.carillon.standalone.compose;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What KEDA's scaler for Kafka would refuse of a trigger, or would say to a broker in vain. */
final class TriggerFlaws {
    private static final Pattern LAG = Pattern.compile("[1-9]\\d*");
    /** What brokers of Kafka 4 take (KIP-896): 2.1 and later. */
    private static final Pattern VERSION = Pattern.compile("(2\\.([1-9]|\\d\\d)|[3-9]\\.\\d+)\\.\\d+");

    private static final Set<String> SASL = Set.of("plaintext", "scram_sha256", "scram_sha512");
    private static final Set<String> RESETS = Set.of("latest", "earliest");
    /** Of those parameters that a {@code TriggerAuthentication} may give. */
    private static final Set<String> PARAMETERS = Set.of("username", "password", "ca", "cert", "key");

    private final String where;
    private final @Nullable String target;
    private final ScaledObject.Trigger trigger;
    private final Manifests manifests;
    private final Flaws flaws;

    TriggerFlaws(
            String where, @Nullable String target, ScaledObject.Trigger trigger, Manifests manifests, Flaws flaws) {
        this.where = where;
        this.target = target;
        this.trigger = trigger;
        this.manifests = manifests;
        this.flaws = flaws;
    }

    void find() {
        ScaledObject.Kafka by = trigger.metadata();
        flaws.unless("kafka".equals(trigger.type()) && by != null, where, "is no trigger: " + trigger.type());
        if (by == null) {
            return;
        }
        flaws.unless(isThere(by.bootstrapServers()), where, "has no bootstrapServers");
        flaws.unless(isThere(by.consumerGroup()), where, "has no consumerGroup");
        flaws.unless(isThere(by.topic()), where, "has no topic");
        unless(matches(LAG, by.lagThreshold()), "lagThreshold", by.lagThreshold());
        unless(matches(VERSION, by.version()), "version that a broker takes", by.version());
        unless(isNoneOr(RESETS, by.offsetResetPolicy()), "offsetResetPolicy", by.offsetResetPolicy());
        String limits = by.limitToPartitionsWithLag();
        unless(isNoneOr(Set.of("true", "false"), limits), "limitToPartitionsWithLag", limits);
        unless(isNoneOr(SASL, by.sasl()), "sasl", by.sasl());
        unless(isNoneOr(Set.of("enable", "disable"), by.tls()), "tls", by.tls());
        Set<String> given = parameters();
        flaws.unless(
                by.sasl() == null || given.containsAll(Set.of("username", "password")),
                where,
                "has no name or password for " + by.sasl());
        flaws.unless(given.contains("cert") == given.contains("key"), where, "has a certificate or a key alone");
        flaws.unless("enable".equals(by.tls()) || !given.contains("ca"), where, "has certificates, but no tls");
    }

    private void unless(boolean right, String what, @Nullable String value) {
        flaws.unless(right, where, "is no " + what + ": " + value);
    }

    /** What the trigger is given beside what it says itself. */
    private Set<String> parameters() {
        Set<String> given = new HashSet<>();
        if (trigger.authenticationRef() == null) {
            return given;
        }
        String name = trigger.authenticationRef().name();
        TriggerAuthentication.Spec spec = manifests
                .of(TriggerAuthentication.class)
                .filter(one -> Manifests.name(one).equals(name))
                .findFirst()
                .map(TriggerAuthentication::spec)
                .orElse(null);
        flaws.unless(spec != null, where, "refers to no authentication: " + name);
        if (spec != null) {
            some(spec.env()).forEach(one -> {
                flaws.unless(isInTheTarget(one.name()), where, "is no variable of " + target + ": " + one.name());
                give(given, one.parameter());
            });
            some(spec.secretTargetRef()).forEach(one -> {
                flaws.unless(isThere(one.name()) && isThere(one.key()), where, "is of no secret: " + one.parameter());
                give(given, one.parameter());
            });
        }
        return given;
    }

    private void give(Set<String> given, @Nullable String parameter) {
        flaws.unless(
                parameter != null && PARAMETERS.contains(parameter) && given.add(parameter),
                where,
                "is no parameter, or one that is there: " + parameter);
    }

    private boolean isInTheTarget(@Nullable String variable) {
        Optional<Container> container = Workload.in(manifests)
                .filter(workload -> workload.name().equals(target))
                .flatMap(workload -> workload.pod().getContainers().stream())
                .findFirst();
        return container.stream()
                .flatMap(one -> one.getEnv().stream())
                .map(EnvVar::getName)
                .anyMatch(name -> Objects.equals(name, variable));
    }

    private static <T> List<T> some(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static boolean isNoneOr(Set<String> words, @Nullable String word) {
        return word == null || words.contains(word);
    }

    private static boolean matches(Pattern pattern, @Nullable String text) {
        return text != null && pattern.matcher(text).matches();
    }

    private static boolean isThere(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
