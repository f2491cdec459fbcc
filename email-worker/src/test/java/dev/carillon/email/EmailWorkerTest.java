package dev.carillon.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.tracking.TrackedLinks;
import dev.carillon.email.tracking.Tracker;
import dev.carillon.email.tracking.TrackingSettings;
import dev.carillon.email.unsubscribe.UnsubscribeLinks;
import dev.carillon.email.unsubscribe.UnsubscribeSettings;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.reply.Reply;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import dev.carillon.schemas.type.Tracking;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** One worker, one relay, many recipients: the tests tell theirs apart by name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmailWorkerTest {

    private final FakeRelay fake = FakeRelay.start();
    private final WorkerUnderTest worker = new WorkerUnderTest();
    private final ConfigurableApplicationContext running = CarillonService.application(EmailWorkerApplication.class, 0)
            .run(worker.arguments(WorkerUnderTest.towards(fake.port())).toArray(String[]::new));

    @AfterAll
    void stop() {
        running.close();
        fake.close();
    }

    private static Delivery to(String recipient) {
        return Deliveries.single(
                recipient,
                "e1",
                Deliveries.address(recipient + "@example.org", recipient, null),
                Deliveries.content("Hello " + recipient, "body", null));
    }

    private List<FakeRelay.Received> mailsFor(String recipient) {
        return fake.received().stream()
                .filter(mail -> mail.recipient().equals(recipient + "@example.org"))
                .toList();
    }

    private ChannelOutcome end(Delivery delivery, OutcomeState state) {
        return worker.outcomes(delivery, all -> all.stream().anyMatch(outcome -> outcome.state() == state)).stream()
                .filter(outcome -> outcome.state() == state)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void deliversARecordAsAMailAndSaysSo() {
        Delivery ada = to("ada");
        worker.send(ada);

        assertThat(end(ada, OutcomeState.SENT).detail()).isEqualTo("250 2.0.0 queued");
        assertThat(mailsFor("ada"))
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail.content()).contains("Subject: Hello ada", "<" + ada.id() + "@carillon.test>"));
    }

    @Test
    void aRecordThatCameTwiceIsOneMail() {
        worker.send(to("twice"));
        worker.send(to("twice"));

        worker.outcomes(to("twice"), all -> all.size() >= 2);
        assertThat(mailsFor("twice")).hasSize(1);
    }

    @Test
    void whoeverIsDeferredWaitsWhileOthersAreServed() {
        AtomicBoolean grey = new AtomicBoolean(true);
        fake.whenever(
                On.RCPT,
                line -> line.contains("slow@") && grey.get(),
                Reaction.answer("451 4.7.1 greylisted, try again in 300 seconds"));
        worker.send(to("slow"));
        List<String> others = IntStream.range(0, 20).mapToObj(i -> "quick" + i).toList();
        others.forEach(other -> worker.send(to(other)));

        assertThat(end(to("slow"), OutcomeState.RETRYING).reason()).isEqualTo(Reason.RATE_LIMITED);
        await().atMost(WorkerUnderTest.WAIT)
                .until(() -> others.stream().noneMatch(other -> mailsFor(other).isEmpty()));
        grey.set(false);
        running.getBean(PipelineClock.class).advance(Duration.ofMinutes(5));

        assertThat(end(to("slow"), OutcomeState.SENT).attempt()).isGreaterThan(1);
        assertThat(mailsFor("slow")).hasSize(1);
    }

    @Test
    void whoIsRefusedForEverEndsAmongTheDeadLetters() {
        fake.whenever(On.RCPT, line -> line.contains("spam@"), Reaction.answer("550 5.7.1 not here"));
        worker.send(to("spam"));

        DeadLetter letter = worker.deadLetters("spam", 1).getFirst();
        assertThat(letter.reason()).isEqualTo("rejected");
        assertThat(letter.detail()).isEqualTo("550 5.7.1 not here");
        assertThat(end(to("spam"), OutcomeState.DEAD).reason()).isEqualTo(Reason.REJECTED);
    }

    @Test
    void whoIsNeverWantedExhaustsTheTiers() {
        fake.whenever(On.RCPT, line -> line.contains("full@"), Reaction.answer("450 4.2.2 full"));
        worker.send(to("full"));

        assertThat(worker.deadLetters("full", 1).getFirst().reason()).isEqualTo("attempts_exhausted");
        assertThat(end(to("full"), OutcomeState.DEAD).attempt()).isEqualTo(3);
    }

    @Test
    void aPoisonRecordIsADeadLetterAndStopsNobody() {
        worker.send("poisoned", "{\"not\":\"a delivery\"".getBytes(UTF_8));
        worker.send("poisoned", "{}".getBytes(UTF_8));
        worker.send(to("poisoned"));

        assertThat(worker.deadLetters("poisoned", 2))
                .allMatch(letter -> letter.reason().equals("malformed"));
        end(to("poisoned"), OutcomeState.SENT);
    }

    @Test
    void whatWasNeverCommittedIsNeverSent() {
        worker.sendAndAbort(to("ghost"));
        worker.send(to("ghost2"));

        end(to("ghost2"), OutcomeState.SENT);
        assertThat(mailsFor("ghost")).isEmpty();
    }

    @Test
    void aRecipientWithoutAddressIsSkipped() {
        Delivery nowhere = Deliveries.single(
                "nowhere", "e1", Deliveries.address(null, null, null), Deliveries.content("Hello", null, null));
        worker.send(nowhere);

        assertThat(end(nowhere, OutcomeState.SKIPPED).reason()).isEqualTo(Reason.NO_ADDRESS);
    }

    private static Delivery about(String recipient, String event, @Nullable String type, @Nullable String category) {
        Delivery plain = Deliveries.single(
                recipient,
                event,
                Deliveries.address(recipient + "@example.org", recipient, null),
                Deliveries.content("Hello " + recipient, "body", null));
        return Deliveries.labelled(plain, type, category);
    }

    private static String header(FakeRelay.Received mail, String name) {
        return mail.content()
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElse("(no " + name + ")");
    }

    /** Path and query of the link in a mail. */
    private String unsubscribeLink(Delivery delivery) {
        end(delivery, OutcomeState.SENT);
        FakeRelay.Received mail = mailsFor(delivery.recipient().value()).getLast();
        assertThat(header(mail, "List-Unsubscribe-Post"))
                .isEqualTo("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        String header = header(mail, "List-Unsubscribe");
        assertThat(header).matches("List-Unsubscribe: <https://api\\.carillon\\.test/\\S+>");
        return header.substring(header.indexOf("/api/"), header.length() - 1);
    }

    private HttpResponse<String> call(String method, String path, String type, @Nullable String token, String body) {
        String port = running.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> oneClick(String link) {
        return call("POST", link, "application/x-www-form-urlencoded", null, "List-Unsubscribe=One-Click");
    }

    private HttpResponse<String> operator(String method, String path, String type, String body) {
        return call(method, "/api/v1/email/" + path, type, WorkerUnderTest.OPERATOR, body);
    }

    @Test
    void oneClickStopsATypeAndFollowingTheLinkAloneStopsNothing() {
        worker.send(about("stop", "e1", "report.weekly", "reports"));
        String link = unsubscribeLink(about("stop", "e1", "report.weekly", "reports"));

        HttpResponse<String> page = call("GET", link, "text/html", null, "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "report.weekly", "value=\"category\"", "value=\"all\"", "https://app.carillon.test/preferences")
                .doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        worker.send(about("stop", "e2", "report.weekly", "reports"));
        end(about("stop", "e2", "report.weekly", "reports"), OutcomeState.SENT);

        assertThat(oneClick(link).statusCode()).isEqualTo(200);
        worker.send(about("stop", "e3", "report.weekly", "reports"));
        worker.send(about("stop", "e4", "report.daily", "reports"));
        assertThat(end(about("stop", "e3", "report.weekly", "reports"), OutcomeState.SKIPPED)
                        .reason())
                .isEqualTo(Reason.UNSUBSCRIBED);
        end(about("stop", "e4", "report.daily", "reports"), OutcomeState.SENT);
        assertThat(worker.activity("stop", 1).stream().distinct())
                .singleElement()
                .isInstanceOfSatisfying(Activity.Unsubscribed.class, stopped -> {
                    assertThat(stopped.scope()).isEqualTo(UnsubscribeScope.TYPE);
                    assertThat(stopped.name()).isEqualTo("report.weekly");
                    assertThat(stopped.notification())
                            .isEqualTo(about("stop", "e1", "report.weekly", "reports")
                                    .notification()
                                    .id());
                });
        assertThat(mailsFor("stop")).hasSize(3);
    }

    @Test
    void whatIsStoppedFlowsAgainOnlyOnceThePreferencesSaidSoAndThenOtherwise() {
        Delivery first = about("back", "e1", "report.weekly", null);
        worker.send(first);
        assertThat(call("POST", unsubscribeLink(first), "application/x-www-form-urlencoded", null, "scope=all")
                        .statusCode())
                .isEqualTo(200);
        worker.send(profile("back", 1, true));
        worker.send(profile("back", 2, false));
        worker.send(profile("back", 3, true));

        await().atMost(WorkerUnderTest.WAIT).until(() -> rows("back") == 0);
        worker.send(about("back", "e2", "report.weekly", null));
        end(about("back", "e2", "report.weekly", null), OutcomeState.SENT);
    }

    private int rows(String recipient) {
        return running.getBean(JdbcTemplate.class)
                .queryForList("select 1 from email.unsubscription where recipient = ?", recipient)
                .size();
    }

    private static RecipientProfile profile(String recipient, long version, boolean mails) {
        Preferences preferences = new Preferences(
                ChannelSwitches.allOn().with(Channel.EMAIL, mails), Map.of(), Map.of(), List.of(), null, null);
        return new RecipientProfile(
                new RecipientId(recipient), version, null, recipient + "@example.org", null, preferences);
    }

    @Test
    void whatIsCriticalCarriesNoLinkAndGoesOutAllTheSame() {
        worker.send(new NotificationType(
                "sign.in", 1, "Sign-in", null, null, Set.of(), null, null, true, false, List.of()));
        Delivery first = about("crit", "e1", "report.weekly", null);
        worker.send(first);
        call("POST", unsubscribeLink(first), "application/x-www-form-urlencoded", null, "scope=all");
        await().atMost(WorkerUnderTest.WAIT)
                .until(() -> running.getBean(MailTypes.class).find("sign.in") != null);

        worker.send(about("crit", "e2", "sign.in", null));
        end(about("crit", "e2", "sign.in", null), OutcomeState.SENT);
        assertThat(header(mailsFor("crit").getLast(), "List-Unsubscribe")).startsWith("(no");
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
        worker.send(new NotificationType(type, 1, "Tracked", null, null, Set.of(), null, null, false, false, List.of())
                .withTracking(new Tracking(true, true)));
        await().atMost(WorkerUnderTest.WAIT)
                .until(() -> running.getBean(MailTypes.class).tracking(type).clicks());
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

    @Test
    void aClickLeadsOnAndIsToldOnceAndAnOpenMailIsSeen() {
        track("tracked");
        Delivery delivery = tracked("clicker", "e1");
        worker.send(delivery);
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

        assertThat(worker.activity("clicker", 2))
                .extracting(Activity::getClass)
                .containsExactly(Activity.Clicked.class, Activity.Seen.class);
        assertThat(worker.activity("clicker", 2).getFirst()).isInstanceOfSatisfying(Activity.Clicked.class, clicked -> {
            assertThat(clicked.channel()).isEqualTo(Channel.EMAIL);
            assertThat(clicked.notification()).isEqualTo(delivery.notification().id());
        });
        assertThat(worker.activity("clicker", 2).getLast())
                .isInstanceOfSatisfying(
                        Activity.Seen.class, seen -> assertThat(seen.channel()).isEqualTo(Channel.EMAIL));
        await().atMost(WorkerUnderTest.WAIT).until(() -> counted("opened") == 1);
        assertThat(counted("clicked")).isEqualTo(1);
        assertThat(counted("sent")).isGreaterThanOrEqualTo(1);
    }

    private double counted(String what) {
        Counter counter = running.getBean(MeterRegistry.class)
                .find("carillon.email.reading")
                .tags("type", "tracked", "what", what)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void whoForbidsItLaterIsNotToldOfByEarlierMails() {
        track("tracked");
        Delivery delivery = tracked("private", "e1");
        worker.send(delivery);
        end(delivery, OutcomeState.SENT);
        worker.send(new RecipientProfile(
                new RecipientId("private"),
                1,
                null,
                null,
                null,
                Preferences.defaults().withDoNotTrack(true)));
        await().atMost(WorkerUnderTest.WAIT)
                .until(() -> !running.getBean(JdbcTemplate.class)
                        .queryForList("select 1 from email.do_not_track where recipient = 'private'")
                        .isEmpty());
        FakeRelay.Received mail = mailsFor("private").getFirst();
        assertThat(call("GET", link(mail, "/api/v1/email/click"), "text/html", null, "")
                        .statusCode())
                .isEqualTo(302);
        call("POST", unsubscribeLink(delivery), "application/x-www-form-urlencoded", null, "scope=all");
        assertThat(worker.activity("private", 1).stream().distinct())
                .singleElement()
                .isInstanceOf(Activity.Unsubscribed.class);
    }

    /** No row says any more that she forbade it; and what she does with an old mail makes none. */
    @Test
    void whoIsErasedIsNotToldOfByEarlierMailsAndLeavesNoRow() {
        track("tracked");
        Delivery delivery = tracked("erased", "e1");
        worker.send(delivery);
        end(delivery, OutcomeState.SENT);
        FakeRelay.Received mail = mailsFor("erased").getFirst();
        RecipientId erased = new RecipientId("erased");
        JdbcTemplate jdbc = running.getBean(JdbcTemplate.class);
        jdbc.update("insert into email.suppression (address, reason, created_at)"
                + " values ('erased@example.org', 'hard_bounce', now())");
        Instant now = running.getBean(PipelineClock.class).instant();
        worker.command(new Command.Export("x-1", erased, List.of("Erased@example.org"), now));
        Reply.Exported told = (Reply.Exported) worker.reply("x-1");
        assertThat(told.tables().get("ledger")).hasSize(1);
        assertThat(told.tables().get("suppression")).hasSize(1);

        worker.command(new Command.Erase("e-1", 1, erased, List.of("Erased@example.org"), now));
        Reply.Erased done = (Reply.Erased) worker.reply("e-1");
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
        assertThat(worker.activityNow("erased")).isEmpty();
    }

    @Test
    void aForgedTrackingLinkLeadsNowhere() {
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

    private static final UnsubscribeSettings LINKS = new UnsubscribeSettings(
            "https://api.carillon.test",
            "a secret of these tests, long enough",
            List.of(),
            Duration.ofDays(180),
            null,
            null);

    private static String path(@Nullable String link) {
        String text = String.valueOf(link);
        return text.substring(text.indexOf("/api/"));
    }

    @Test
    void linksThatAreTooOldAreGone() {
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
        assertThat(worker.activityNow("late")).isEmpty();
    }

    @Test
    void whoCannotBeUnsubscribedJustNowIsToldSo() {
        Delivery mail = about("later", "e1", "report.weekly", null);
        String stop = path(new UnsubscribeLinks(LINKS, delivery -> false, Clock.systemUTC()).of(mail));
        JdbcTemplate jdbc = running.getBean(JdbcTemplate.class);
        jdbc.execute("alter table email.erased rename to away");
        try {
            HttpResponse<String> page = oneClick(stop);
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("Please try again", "Nothing has changed");
        } finally {
            jdbc.execute("alter table email.away rename to erased");
        }
        assertThat(rows("later")).isZero();
        assertThat(oneClick(stop).statusCode()).isEqualTo(200);
        assertThat(rows("later")).isEqualTo(1);
    }

    @Test
    void aForgedLinkDoesNothing() {
        String path = "/api/v1/email/unsubscribe?token=";
        for (String token : List.of("", "AAAA", "%3Cscript%3E", "x".repeat(1000))) {
            assertThat(oneClick(path + token).statusCode()).isEqualTo(400);
            HttpResponse<String> page = call("GET", path + token, "text/html", null, "");
            assertThat(page.statusCode()).isEqualTo(400);
            assertThat(page.body()).doesNotContain("<script", token.isEmpty() ? "<script" : token);
        }
    }

    @Test
    void aReportSuppressesAnAddressUntilAnOperatorLiftsIt() {
        String report = """
            Content-Type: multipart/report; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org

            Final-Recipient: rfc822; Bounced@example.org
            Action: failed
            Status: 5.1.1
            --b--
            """;
        HttpResponse<String> taken = operator("POST", "feedback", "message/rfc822", report);
        assertThat(taken.body()).isEqualTo("{\"suppressed\":1,\"counted\":0,\"ignored\":0,\"left\":[]}");
        String optOut = """
            Content-Type: multipart/report; boundary=b

            --b
            Content-Type: message/feedback-report

            Feedback-Type: opt-out
            Original-Rcpt-To: leaving@example.org
            --b--
            """;
        assertThat(operator("POST", "feedback", "message/rfc822", optOut).body())
                .isEqualTo("{\"suppressed\":0,\"counted\":0,\"ignored\":1,"
                        + "\"left\":[\"leaving@example.org: feedback: opt-out\"]}");
        worker.send(about("bounced", "e1", null, null));
        assertThat(end(about("bounced", "e1", null, null), OutcomeState.SKIPPED).reason())
                .isEqualTo(Reason.SUPPRESSED_ADDRESS);
        assertThat(operator("GET", "suppressions?limit=1000", "text/plain", "").body())
                .contains("\"bounced@example.org\"", "\"hard_bounce\"");

        assertThat(operator("DELETE", "suppressions?address=bounced@example.org", "text/plain", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(worker.activity("bounced", 2))
                .extracting(activity -> ((Activity.Reachable) activity).reachable())
                .containsExactly(false, true);
        worker.send(about("bounced", "e2", null, null));
        end(about("bounced", "e2", null, null), OutcomeState.SENT);
    }

    @Test
    void feedbackAsJsonIsCheckedAndNobodyButAnOperatorGivesIt() {
        String json = "application/json";
        assertThat(call("POST", "/api/v1/email/feedback", json, null, "[]").statusCode())
                .isEqualTo(401);
        assertThat(call("GET", "/api/v1/email/suppressions", json, "wrong-token-of-nobody", "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(operator("POST", "feedback", json, "[{\"address\":\"x\",\"kind\":\"spam\"}]")
                        .body())
                .contains("[0].address", "[0].kind", "one_of");
        assertThat(operator("POST", "feedback", json, "{").statusCode()).isEqualTo(400);
        assertThat(operator("POST", "feedback", json, " ".repeat(1024 * 1024 + 1))
                        .statusCode())
                .isEqualTo(413);
        assertThat(operator(
                                "POST",
                                "feedback",
                                json,
                                "{\"address\":\"cross@example.org\",\"kind\":\"complaint\",\"detail\":\"abuse\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(operator("GET", "suppressions?address=CROSS@example.org", json, "")
                        .body())
                .contains("\"complaint\"");
        assertThat(operator("POST", "suppressions", json, "{\"address\":\"asked@example.org\",\"detail\":\"by phone\"}")
                        .body())
                .contains("\"asked@example.org\"", "\"manual\"");
    }

    @Test
    void feedbackSuppressesCountsOrIsLeftAloneByItsKind() {
        String json = "application/json";
        assertThat(operator("POST", "feedback", json, """
            [{"address": "hard@example.org", "kind": "hard_bounce", "detail": "gone"},
             {"address": "status@example.org", "kind": "bounce", "status": "5.1.1"},
             {"address": "soft@example.org", "kind": "soft_bounce"},
             {"address": "policy@example.org", "kind": "bounce", "status": "5.7.1", "detail": "spam"}]
            """).body())
                .isEqualTo("{\"suppressed\":2,\"counted\":1,\"ignored\":1,\"left\":[\"policy@example.org: spam\"]}");
        assertThat(operator("GET", "suppressions?address=hard@example.org", json, "")
                        .body())
                .contains("\"hard_bounce\"", "\"gone\"");
        assertThat(operator("GET", "suppressions?address=status@example.org", json, "")
                        .body())
                .contains("\"hard_bounce\"");
        assertThat(operator("GET", "suppressions?address=soft@example.org", json, "")
                        .body())
                .contains("\"suppressions\":[]");
        HttpResponse<String> unsaid =
                operator("POST", "feedback", json, "{\"address\":\"hard@example.org\",\"kind\":\"bounce\"}");
        assertThat(unsaid.statusCode()).isEqualTo(422);
        assertThat(unsaid.body()).contains("\"status\"", "\"required\"");
    }

    @Test
    void suppressionsAreListedPageByPageInTheOrderOfTheirAddresses() {
        String json = "application/json";
        for (int i : List.of(2, 0, 1)) {
            operator("POST", "suppressions", json, "{\"address\":\"zz-page-" + i + "@example.org\"}");
        }
        JsonNode first = page("?limit=2&cursor=zz-page");
        JsonNode rest = page("?limit=2&cursor=" + first.get("next_cursor").asString());

        assertThat(first.get("suppressions"))
                .extracting(one -> one.get("address").asString())
                .containsExactly("zz-page-0@example.org", "zz-page-1@example.org");
        assertThat(rest.get("suppressions"))
                .extracting(one -> one.get("address").asString())
                .containsExactly("zz-page-2@example.org");
        assertThat(rest.path("next_cursor").isString()).isFalse();
        assertThat(operator("GET", "suppressions?limit=0", json, "").statusCode())
                .isEqualTo(400);
        assertThat(operator("GET", "suppressions?limit=1001", json, "").statusCode())
                .isEqualTo(400);
    }

    private JsonNode page(String query) {
        return Json.mapper()
                .readTree(operator("GET", "suppressions" + query, "application/json", "")
                        .body());
    }

    @Test
    void anOperatorSeesAMailOfATypeAndSendsOneToHerself() {
        worker.send(new NotificationType(
                "order.shipped",
                1,
                "Order shipped",
                null,
                "orders",
                Set.of(),
                null,
                null,
                false,
                false,
                List.of(new Template(null, null, "Order {{data.order}} is on its way", null, "Soon.", null))));
        await().atMost(WorkerUnderTest.WAIT)
                .until(() -> running.getBean(MailTypes.class).find("order.shipped") != null);
        String json = "application/json";
        String sample = "{\"type\":\"order.shipped\",\"data\":{\"order\":\"<A-17>\"}}";

        assertThat(operator("GET", "relays", json, "").body()).contains("\"name\":\"default\"");
        HttpResponse<String> preview = operator("POST", "preview", json, sample);
        assertThat(Json.mapper().readTree(preview.body()).get("text").asString())
                .startsWith("Order <A-17> is on its way")
                .contains("\nSoon.\n")
                .doesNotContain("<p", "&lt;");
        assertThat(preview.body())
                .contains("\"subject\":\"Order <A-17> is on its way\"", "&lt;A-17&gt;", "List-Unsubscribe: ");
        assertThat(operator("POST", "test?to=op@example.org", json, sample).body())
                .contains("250 2.0.0 queued");
        assertThat(mailsFor("op")).hasSize(1);

        assertThat(operator("POST", "preview", json, "{\"type\":\"nowhere\"}").statusCode())
                .isEqualTo(422);
        assertThat(operator("POST", "preview", json, "{\"merged\":51}").statusCode())
                .isIn(400, 422);
        assertThat(operator("POST", "test?to=nobody", json, sample).statusCode())
                .isEqualTo(400);
        assertThat(call("POST", "/api/v1/email/preview", json, null, sample).statusCode())
                .isEqualTo(401);
    }
}
