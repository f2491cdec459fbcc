package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new version of the router goes on with the stores of an older one. What one wrote is checked in as {@code stores.txt}, a
 * line for each entry: store, key and value, the latter two in Base64. It is kept as it is for as long as a router of that
 * version may be upgraded; a new one beside it is written with {@code -Dcarillon.upgrade.write=FILE}.
 */
class UpgradeTest {
    private static final List<String> STORES = List.of(Stores.PROFILE, Stores.MEMORY, Stores.MEMBERS, Stores.HOLDS);

    /** What a router tells that was never upgraded. */
    private static final List<String> TOLD = List.of(
            "ada: Title of b1, Title of b2",
            "ada: Title of late",
            "ada: Title of team",
            "bob: Title of q1, Title of q2, Title of team",
            "cyd: Title of s1");

    @TempDir
    Path directory;

    @Test
    void goesOnWithWhatAnOlderOneLeft() throws IOException {
        try (RouterDriver router = new RouterDriver(directory)) {
            types(router);
            restore(router);

            assertThat(afterwards(router)).isEqualTo(TOLD);
        }
    }

    @Test
    void tellsTheSameWithoutAnUpgrade() throws IOException {
        try (RouterDriver router = new RouterDriver(directory)) {
            types(router);
            before(router);
            String file = System.getProperty("carillon.upgrade.write");
            if (file != null) {
                Files.write(Path.of(file), entries(router));
            }

            assertThat(afterwards(router)).isEqualTo(TOLD);
        }
    }

    /** A batch is open, its reader is at the cap of another type, quiet hours and a later time hold, a step waits. */
    private static void before(RouterDriver router) {
        router.profile(People.registered("ada", 1));
        router.profile(People.with("bob", 1, People.quiet("09:00", "12:00")));
        router.profile(People.registered("cyd", 1));
        router.join("team", "ada", 1, RouterDriver.START.minusSeconds(60));
        router.join("team", "bob", 1, RouterDriver.START.minusSeconds(60));
        send(router, router.event("b1").type("build", 1).to("ada"));
        send(router, router.event("b2").type("build", 1).to("ada"));
        send(router, router.event("c1").type("capped", 1).to("ada"));
        send(router, router.event("q1").type("alert", 1).to("bob"));
        send(router, router.event("q2").type("alert", 1).to("bob"));
        send(router, router.event("s1").type("steps", 1).to("cyd"));
        send(router, router.event("s2").type("steps", 1).to("cyd"));
        router.send(router.event("late")
                .type("alert", 1)
                .deliverAt(RouterDriver.START.plus(Duration.ofHours(1)))
                .to("ada"));
        RecipientId cyd = new RecipientId("cyd");
        router.activity(
                new Activity.Read(cyd, List.of(NotificationId.of(Events.uid("s2"), cyd)), router.clock.instant()));
        assertThat(router.deliveries(Channel.EMAIL))
                .singleElement()
                .satisfies(mail -> assertThat(text(mail)).isEqualTo("ada: Title of c1"));
    }

    private static void send(RouterDriver router, Events event) {
        router.send(event);
        router.clock.advance(Duration.ofMillis(1));
    }

    /** The mails of the next day, in the order of their text. */
    private static List<String> afterwards(RouterDriver router) {
        router.clock.advance(Duration.ofSeconds(1));
        router.send(router.event("c2").type("capped", 1).to("ada"));
        router.send(router.event("team").type("alert", 1).toAudiences("team"));
        List<String> told = new ArrayList<>();
        for (int hour = 0; hour < 12; hour++) {
            router.deliveries(Channel.EMAIL).forEach(mail -> told.add(text(mail)));
            router.advance(Duration.ofMinutes(30));
        }
        assertThat(router.deadLetters()).isEmpty();
        return told.stream().sorted().toList();
    }

    private static String text(Delivery mail) {
        Stream<Notification> all = mail.merged() ? mail.items().stream() : Stream.of(mail.notification());
        return mail.recipient() + ": "
                + String.join(", ", all.map(one -> one.content().title()).toList());
    }

    private static void types(RouterDriver router) {
        Batch batch = new Batch(Set.of(Channel.EMAIL), Batch.Mode.FIXED, Duration.ofMinutes(10), null, false, null, 10);
        Cap cap = new Cap(Channel.EMAIL, "few", 1, Cap.Period.DAY);
        router.type(type("alert", null));
        router.type(type("build", null).withPolicies(new Policies(List.of(batch), null, List.of(), null, false)));
        router.type(
                type("capped", "few").withPolicies(new Policies(List.of(), null, List.of(cap), OverCap.DROP, false)));
        router.type(type("steps", null)
                .withPolicies(new Policies(List.of(), null, List.of(), null, false)
                        .withSteps(List.of(
                                new Step(Channel.INAPP, null, null),
                                new Step(Channel.EMAIL, Duration.ofMinutes(20), null)))));
    }

    private static NotificationType type(String name, @Nullable String category) {
        Set<Channel> channels = Set.of(Channel.INAPP, Channel.EMAIL);
        return new NotificationType(name, 1, null, null, category, channels, null, null, false, false, List.of());
    }

    private static List<String> entries(RouterDriver router) {
        List<String> lines = new ArrayList<>();
        for (String store : STORES) {
            try (var all = router.store(store).all()) {
                all.forEachRemaining(
                        entry -> lines.add(store + " " + base64(entry.key.get()) + " " + base64(entry.value)));
            }
        }
        return lines;
    }

    private void restore(RouterDriver router) throws IOException {
        try (var stored = Objects.requireNonNull(getClass().getResourceAsStream("stores.txt"))) {
            new String(stored.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] entry = line.split(" ", 3);
                router.store(entry[0]).put(Bytes.wrap(bytes(entry[1])), bytes(entry[2]));
            });
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
