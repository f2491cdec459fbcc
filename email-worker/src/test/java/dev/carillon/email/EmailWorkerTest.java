package dev.carillon.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.layout.Deliveries;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

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
        fake.whenever(On.RCPT, line -> line.contains("slow@") && grey.get(), Reaction.answer("451 4.7.1 greylisted"));
        worker.send(to("slow"));
        List<String> others = IntStream.range(0, 20).mapToObj(i -> "quick" + i).toList();
        others.forEach(other -> worker.send(to(other)));

        await().atMost(WorkerUnderTest.WAIT)
                .until(() -> others.stream().noneMatch(other -> mailsFor(other).isEmpty()));
        grey.set(false);

        assertThat(end(to("slow"), OutcomeState.RETRYING).reason()).isEqualTo(Reason.RATE_LIMITED);
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
        assertThat(worker.activity("stop", 1))
                .singleElement()
                .isInstanceOfSatisfying(Activity.Unsubscribed.class, stopped -> {
                    assertThat(stopped.scope()).isEqualTo(UnsubscribeScope.TYPE);
                    assertThat(stopped.name()).isEqualTo("report.weekly");
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
        assertThat(taken.body()).isEqualTo("{\"suppressed\":1,\"counted\":0,\"ignored\":0}");
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

        HttpResponse<String> preview = operator("POST", "preview", json, sample);
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
