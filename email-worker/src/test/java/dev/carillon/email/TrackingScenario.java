package dev.carillon.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.tracking.TrackedLinks;
import dev.carillon.email.tracking.Tracker;
import dev.carillon.email.tracking.TrackingSettings;
import dev.carillon.email.unsubscribe.UnsubscribeLinks;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.reply.Reply;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Tracking;
import dev.carillon.testsupport.smtp.FakeRelay;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is told of those who click and open. */
interface TrackingScenario extends OneWorker {

    @Test
    default void aClickLeadsOnAndIsToldOnceAndAnOpenMailIsSeen() {
        track("tracked");
        Delivery delivery = tracked("clicker", "e1");
        worker().send(delivery);
        end(delivery, OutcomeState.SENT);
        FakeRelay.Received mail = mailsFor("clicker").getFirst();
        String click = link(mail, "/api/v1/email/click");

        assertThat(call("HEAD", click, "text/html", null, "").statusCode()).isEqualTo(302);
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = call("GET", click, "text/html", null, "");
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location")).hasValue("https://app.example.org/o/1?a=b");
        }
        HttpResponse<String> picture = call("GET", link(mail, "/api/v1/email/open"), "text/html", null, "");
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/gif");

        assertThat(worker().activity("clicker", 2))
                .extracting(Activity::getClass)
                .containsExactly(Activity.Clicked.class, Activity.Seen.class);
        assertThat(worker().activity("clicker", 2).getFirst())
                .isInstanceOfSatisfying(Activity.Clicked.class, clicked -> {
                    assertThat(clicked.channel()).isEqualTo(Channel.EMAIL);
                    assertThat(clicked.notification())
                            .isEqualTo(delivery.notification().id());
                });
        assertThat(worker().activity("clicker", 2).getLast())
                .isInstanceOfSatisfying(
                        Activity.Seen.class, seen -> assertThat(seen.channel()).isEqualTo(Channel.EMAIL));
        await().atMost(WorkerUnderTest.WAIT).until(() -> counted("opened") == 1);
        assertThat(counted("clicked")).isEqualTo(1);
        assertThat(counted("sent")).isGreaterThanOrEqualTo(1);
    }

    @Test
    default void whoForbidsItLaterIsNotToldOfByEarlierMails() {
        track("tracked");
        Delivery delivery = tracked("private", "e1");
        worker().send(delivery);
        end(delivery, OutcomeState.SENT);
        worker().send(new RecipientProfile(
                new RecipientId("private"),
                1,
                null,
                null,
                null,
                Preferences.defaults().withDoNotTrack(true)));
        await().atMost(WorkerUnderTest.WAIT)
                .until(() -> !running()
                        .getBean(JdbcTemplate.class)
                        .queryForList("select 1 from email.do_not_track where recipient = 'private'")
                        .isEmpty());
        FakeRelay.Received mail = mailsFor("private").getFirst();
        assertThat(call("GET", link(mail, "/api/v1/email/click"), "text/html", null, "")
                        .statusCode())
                .isEqualTo(302);
        call("POST", unsubscribeLink(delivery), "application/x-www-form-urlencoded", null, "scope=all");
        assertThat(worker().activity("private", 1).stream().distinct())
                .singleElement()
                .isInstanceOf(Activity.Unsubscribed.class);
    }

    /** No row says any more that she forbade it; and what she does with an old mail makes none. */
    @Test
    default void whoIsErasedIsNotToldOfByEarlierMailsAndLeavesNoRow() {
        track("tracked");
        Delivery delivery = tracked("erased", "e1");
        worker().send(delivery);
        end(delivery, OutcomeState.SENT);
        FakeRelay.Received mail = mailsFor("erased").getFirst();
        RecipientId erased = new RecipientId("erased");
        JdbcTemplate jdbc = running().getBean(JdbcTemplate.class);
        jdbc.update("insert into email.suppression (address, reason, created_at)"
                + " values ('erased@example.org', 'hard_bounce', now())");
        Instant now = running().getBean(PipelineClock.class).instant();
        worker().command(new Command.Export("x-1", erased, List.of("Erased@example.org"), now));
        Reply.Exported told = (Reply.Exported) worker().reply("x-1");
        assertThat(told.tables().get("ledger")).hasSize(1);
        assertThat(told.tables().get("suppression")).hasSize(1);

        worker().command(new Command.Erase("e-1", 1, erased, List.of("Erased@example.org"), now));
        Reply.Erased done = (Reply.Erased) worker().reply("e-1");
        assertThat(done.removed()).containsEntry("ledger", 1L).containsEntry("suppression", 1L);
        assertThat(call("GET", link(mail, "/api/v1/email/click"), "text/html", null, "")
                        .statusCode())
                .isEqualTo(302);
        assertThat(call(
                                "POST",
                                link(mail, "/api/v1/email/unsubscribe"),
                                "application/x-www-form-urlencoded",
                                null,
                                "scope=all")
                        .statusCode())
                .isEqualTo(200);

        for (String table : List.of("ledger", "unsubscription", "reach", "do_not_track")) {
            assertThat(jdbc.queryForList("select 1 from email." + table + " where recipient = 'erased'"))
                    .as(table)
                    .isEmpty();
        }
        assertThat(worker().activityNow("erased")).isEmpty();
    }

    @Test
    default void linksThatAreTooOldAreGone() {
        Clock longAgo = Clock.offset(Clock.systemUTC(), Duration.ofDays(-400));
        Delivery old = tracked("late", "e1");
        TrackedLinks links = new Tracker(
                        new TrackingSettings(true, Duration.ofDays(365)),
                        LINKS,
                        type -> new Tracking(true, true),
                        recipient -> false,
                        longAgo)
                .of(old);
        String stop = path(new UnsubscribeLinks(LINKS, delivery -> false, longAgo).of(old));

        HttpResponse<String> click =
                call("GET", path(links.to(old.notification(), "https://app.example.org/")), "text/html", null, "");
        assertThat(click.statusCode()).isEqualTo(410);
        assertThat(click.headers().firstValue("Location")).isEmpty();
        assertThat(click.body()).contains("This link has expired");
        assertThat(call("GET", path(links.pixel()), "text/html", null, "").statusCode())
                .isEqualTo(410);
        HttpResponse<String> page = call("GET", stop, "text/html", null, "");
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body()).contains("This link is too old").doesNotContain("<form");
        assertThat(oneClick(stop).statusCode()).isEqualTo(410);
        assertThat(rows("late")).isZero();
        assertThat(worker().activityNow("late")).isEmpty();
    }

    @Test
    default void aForgedTrackingLinkLeadsNowhere() {
        for (String token : List.of("", "AAAA", "https://evil.example", "x".repeat(5_000))) {
            HttpResponse<String> page = call("GET", "/api/v1/email/click?token=" + token, "text/html", null, "");
            assertThat(page.statusCode()).isEqualTo(400);
            assertThat(page.headers().firstValue("Location")).isEmpty();
            assertThat(page.body()).contains("does not work").doesNotContain("evil.example");
            assertThat(call("GET", "/api/v1/email/open?token=" + token, "text/html", null, "")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    private String link(FakeRelay.Received mail, String path) {
        String unfolded =
                mail.content().replace("=\r\n", "").replace("=3D", "=").replace("&#x3D;", "=");
        Matcher link = Pattern.compile("https://api\\.carillon\\.test(" + path + "\\?token=[\\w-]+)")
                .matcher(unfolded);
        assertThat(link.find()).as(unfolded).isTrue();
        return link.group(1);
    }

    private void track(String type) {
        worker().send(new NotificationType(
                        type, 1, "Tracked", null, null, Set.of(), null, null, false, false, List.of())
                .withTracking(new Tracking(true, true)));
        await().atMost(WorkerUnderTest.WAIT)
                .until(() -> running().getBean(MailTypes.class).tracking(type).clicks());
    }

    private Delivery tracked(String recipient, String event) {
        return Deliveries.labelled(
                Deliveries.single(
                        recipient,
                        event,
                        Deliveries.address(recipient + "@example.org", null, null),
                        Deliveries.content("Hello", null, "https://app.example.org/o/1?a=b")),
                "tracked",
                null);
    }

    private double counted(String what) {
        Counter counter = running()
                .getBean(MeterRegistry.class)
                .find("carillon.email.reading")
                .tags("type", "tracked", "what", what)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
