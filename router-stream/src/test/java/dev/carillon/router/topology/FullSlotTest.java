package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a full slot only counts ends with an outcome like everything else. */
class FullSlotTest {
    private static final RecipientId ADA = new RecipientId("ada");

    @TempDir
    Path directory;

    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
        router.type(new NotificationType(
                "news",
                1,
                null,
                null,
                null,
                Set.of(Channel.INAPP, Channel.EMAIL),
                null,
                null,
                false,
                false,
                List.of()));
        router.profile(People.with("ada", 1, People.quiet("09:00", "11:00")));
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void theCountedAreMergedWithTheRest() {
        send(130, null);
        assertThat(mails()).hasSize(130).allMatch("ada email held quiet_hours"::equals);

        router.advance(Duration.ofHours(2));
        assertThat(router.deliveries(Channel.EMAIL)).singleElement().satisfies(mail -> {
            assertThat(mail.items().size() + mail.more()).isEqualTo(130);
            assertThat(mail.notification().content().title()).startsWith("130 ");
        });
        List<String> told = mails();
        assertThat(told).hasSize(131);
        assertThat(Collections.frequency(told, "ada email merged none")).isEqualTo(130);
        nothingLeft();
    }

    @Test
    void theCountedAreToldWhenTheRestIsRead() {
        send(130, null);
        mails();
        Instant now = router.clock.instant();
        router.activity(new Activity.ReadAll(ADA, now, now));

        assertThat(mails()).hasSize(130).allMatch("ada email suppressed already_read"::equals);
        nothingLeft();
    }

    @Test
    void theCountedThatAreReadWithAllOthersAreNotCountedAnyMoreAndThoseThatCameLaterAre() {
        mailOnly();
        send("plain", "p", 100);
        send("news", "n", 20);
        send("plain", "q", 3);
        Instant then = router.clock.instant();
        router.clock.advance(Duration.ofMillis(1));
        send("news", "m", 5);
        assertThat(mails()).hasSize(128);
        router.activity(new Activity.ReadAll(ADA, then, router.clock.instant()));

        assertThat(mails()).hasSize(20).allMatch("ada email suppressed already_read"::equals);
        assertThat(waiting()).isEqualTo(108);
        router.advance(Duration.ofHours(2));
        assertThat(router.deliveries(Channel.EMAIL)).singleElement().satisfies(mail -> {
            assertThat(mail.items().size() + mail.more()).isEqualTo(108);
            assertThat(mail.more()).isGreaterThanOrEqualTo(8);
        });
        assertThat(mails()).hasSize(109);
        nothingLeft();
    }

    /** As where the router's clock is behind that of the feed. */
    @Test
    void theCountedThatWereReadBeforeTheyCameAreNotCounted() {
        mailOnly();
        Instant later = router.clock.instant().plusSeconds(1);
        router.activity(new Activity.ReadAll(ADA, later, later));
        send("plain", "p", 100);
        send("news", "n", 20);
        mails();
        router.advance(Duration.ofHours(2));

        assertThat(router.deliveries(Channel.EMAIL))
                .singleElement()
                .satisfies(mail -> assertThat(mail.items().size() + mail.more()).isEqualTo(100));
        assertThat(Collections.frequency(mails(), "ada email suppressed already_read"))
                .isEqualTo(20);
        nothingLeft();
    }

    /** That time is part of their keys. */
    @Test
    void whenTheCountedWereShownIsKeptWhereTheyWaitOn() {
        mailOnly();
        send("plain", "p", 100);
        send("news", "n", 20);
        Instant then = router.clock.instant();
        router.profile(People.with("ada", 2, People.mutedUntil(RouterDriver.START.plus(Duration.ofHours(5)))));
        router.advance(Duration.ofMillis(1));
        mails();
        router.activity(new Activity.ReadAll(ADA, then, then));

        assertThat(mails()).hasSize(20).allMatch("ada email suppressed already_read"::equals);
    }

    @Test
    void theCountedAreToldWhenTheRestExpires() {
        send(130, RouterDriver.START.plusSeconds(60));
        mails();
        router.advance(Duration.ofHours(2));

        List<String> told = mails();
        assertThat(Collections.frequency(told, "ada email expired expired")).isEqualTo(100);
        assertThat(Collections.frequency(told, "ada email suppressed hold_limit"))
                .isEqualTo(30);
        nothingLeft();
    }

    @Test
    void theCountedThatAreReadMeanwhileAreNotCountedAnyMore() {
        send(130, null);
        mails();
        List<NotificationId> read = Stream.of("n3", "n105", "n129")
                .map(id -> NotificationId.of(Events.uid(id), ADA))
                .toList();
        router.activity(new Activity.Read(ADA, read, router.clock.instant()));
        router.advance(Duration.ofHours(2));

        assertThat(router.deliveries(Channel.EMAIL)).singleElement().satisfies(mail -> {
            assertThat(mail.items().size() + mail.more()).isEqualTo(127);
            assertThat(mail.notification().content().title()).startsWith("127 ");
        });
        List<String> told = mails();
        assertThat(Collections.frequency(told, "ada email merged none")).isEqualTo(127);
        assertThat(Collections.frequency(told, "ada email suppressed already_read"))
                .isEqualTo(3);
        nothingLeft();
    }

    @Test
    void theCountedWaitOnWithTheRest() {
        send(130, null);
        mails();
        router.profile(People.with("ada", 2, People.mutedUntil(RouterDriver.START.plus(Duration.ofHours(5)))));
        router.advance(Duration.ofHours(4));
        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();

        router.advance(Duration.ofHours(2));
        assertThat(router.deliveries(Channel.EMAIL))
                .singleElement()
                .satisfies(mail -> assertThat(mail.items().size() + mail.more()).isEqualTo(130));
    }

    @Test
    void theCountedAreCancelledWithTheirRecipient() {
        send(130, null);
        mails();
        router.forget("ada", 2);

        assertThat(mails()).hasSize(130).allMatch("ada email cancelled none"::equals);
        nothingLeft();
    }

    @Test
    void whatIsReplacedInAFullSlotIsToldSo() {
        router.send(news("old").group("g").to("ada"));
        for (int i = 0; i < 26; i++) {
            router.send(news("n" + i).body("x".repeat(9_500)).to("ada"));
        }
        mails();
        router.clock.advance(Duration.ofSeconds(1));
        router.send(news("new").body("x".repeat(9_900)).group("g").to("ada"));

        assertThat(mails()).containsExactlyInAnyOrder("ada email replaced superseded", "ada email held quiet_hours");
    }

    /** Of this type the feed has nothing: it is not read with all others. */
    private void mailOnly() {
        router.type(new NotificationType(
                "plain", 1, null, null, null, Set.of(Channel.EMAIL), null, null, false, false, List.of()));
    }

    private void send(String type, String id, int count) {
        for (int i = 0; i < count; i++) {
            router.send(router.event(id + i).type(type, 1).to("ada"));
        }
    }

    private double waiting() {
        return router.registry
                .get("carillon.router.holds")
                .tags("channel", "email", "kind", "quiet")
                .gauge()
                .value();
    }

    private void send(int count, @Nullable Instant expiresAt) {
        for (int i = 0; i < count; i++) {
            router.send(news("n" + i).expiresAt(expiresAt).to("ada"));
        }
    }

    private Events news(String id) {
        return router.event(id).type("news", 1);
    }

    private List<String> mails() {
        return router.told().stream()
                .filter(told -> told.startsWith("ada email"))
                .toList();
    }

    private void nothingLeft() {
        router.advance(Duration.ofDays(2));
        assertThat(router.told()).isEmpty();
        try (var all = router.store(Stores.HOLDS).all()) {
            assertThat(all.hasNext()).isFalse();
        }
    }
}
