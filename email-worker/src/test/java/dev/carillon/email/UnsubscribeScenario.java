package dev.carillon.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.unsubscribe.UnsubscribeLinks;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.type.NotificationType;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** How recipients stop mails. */
interface UnsubscribeScenario extends OneWorker {

    @Test
    default void oneClickStopsATypeAndFollowingTheLinkAloneStopsNothing() {
        worker().send(about("stop", "e1", "report.weekly", "reports"));
        String link = unsubscribeLink(about("stop", "e1", "report.weekly", "reports"));

        HttpResponse<String> page = call("GET", link, "text/html", null, "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "report.weekly", "value=\"category\"", "value=\"all\"", "https://app.carillon.test/preferences")
                .doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        worker().send(about("stop", "e2", "report.weekly", "reports"));
        end(about("stop", "e2", "report.weekly", "reports"), OutcomeState.SENT);

        assertThat(oneClick(link).statusCode()).isEqualTo(200);
        worker().send(about("stop", "e3", "report.weekly", "reports"));
        worker().send(about("stop", "e4", "report.daily", "reports"));
        assertThat(end(about("stop", "e3", "report.weekly", "reports"), OutcomeState.SKIPPED)
                        .reason())
                .isEqualTo(Reason.UNSUBSCRIBED);
        end(about("stop", "e4", "report.daily", "reports"), OutcomeState.SENT);
        assertThat(worker().activity("stop", 1).stream().distinct())
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
    default void whatIsStoppedFlowsAgainOnlyOnceThePreferencesSaidSoAndThenOtherwise() {
        Delivery first = about("back", "e1", "report.weekly", null);
        worker().send(first);
        assertThat(call("POST", unsubscribeLink(first), "application/x-www-form-urlencoded", null, "scope=all")
                        .statusCode())
                .isEqualTo(200);
        worker().send(profile("back", 1, true));
        worker().send(profile("back", 2, false));
        worker().send(profile("back", 3, true));

        await().atMost(WorkerUnderTest.WAIT).until(() -> rows("back") == 0);
        worker().send(about("back", "e2", "report.weekly", null));
        end(about("back", "e2", "report.weekly", null), OutcomeState.SENT);
    }

    @Test
    default void oneClickStopsInEitherEncodingAndACategoryWhereThatIsChosen() {
        Delivery first = about("parts", "e1", "report.weekly", "reports");
        worker().send(first);
        String link = unsubscribeLink(first);
        assertThat(oneClickInParts(link).statusCode()).isEqualTo(200);
        assertThat(rows("parts")).isEqualTo(1);
        worker().send(about("parts", "e2", "report.daily", "reports"));
        end(about("parts", "e2", "report.daily", "reports"), OutcomeState.SENT);

        assertThat(call("POST", link, "application/x-www-form-urlencoded", null, "scope=category")
                        .statusCode())
                .isEqualTo(200);
        worker().send(about("parts", "e3", "report.daily", "reports"));
        assertThat(end(about("parts", "e3", "report.daily", "reports"), OutcomeState.SKIPPED)
                        .reason())
                .isEqualTo(Reason.UNSUBSCRIBED);
        worker().send(about("parts", "e4", "invoice", "billing"));
        end(about("parts", "e4", "invoice", "billing"), OutcomeState.SENT);
    }

    /** What RFC 8058, 3.2 wants senders to take before a form's own encoding. */
    private HttpResponse<String> oneClickInParts(String link) {
        String body =
                "--part\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--part--\r\n";
        return call("POST", link, "multipart/form-data; boundary=part", null, body);
    }

    @Test
    default void whatIsCriticalCarriesNoLinkAndGoesOutAllTheSame() {
        worker().send(new NotificationType(
                "sign.in", 1, "Sign-in", null, null, Set.of(), null, null, true, false, List.of()));
        Delivery first = about("crit", "e1", "report.weekly", null);
        worker().send(first);
        call("POST", unsubscribeLink(first), "application/x-www-form-urlencoded", null, "scope=all");
        await().atMost(WorkerUnderTest.WAIT)
                .until(() -> running().getBean(MailTypes.class).find("sign.in") != null);

        worker().send(about("crit", "e2", "sign.in", null));
        end(about("crit", "e2", "sign.in", null), OutcomeState.SENT);
        assertThat(header(mailsFor("crit").getLast(), "List-Unsubscribe")).startsWith("(no");
    }

    @Test
    default void whoCannotBeUnsubscribedJustNowIsToldSo() {
        Delivery mail = about("later", "e1", "report.weekly", null);
        String stop = path(new UnsubscribeLinks(LINKS, delivery -> false, Clock.systemUTC()).of(mail));
        JdbcTemplate jdbc = running().getBean(JdbcTemplate.class);
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
    default void aForgedLinkDoesNothing() {
        String path = "/api/v1/email/unsubscribe?token=";
        for (String token : List.of("", "AAAA", "%3Cscript%3E", "x".repeat(1000))) {
            assertThat(oneClick(path + token).statusCode()).isEqualTo(400);
            HttpResponse<String> page = call("GET", path + token, "text/html", null, "");
            assertThat(page.statusCode()).isEqualTo(400);
            assertThat(page.body()).doesNotContain("<script", token.isEmpty() ? "<script" : token);
        }
    }

    private static RecipientProfile profile(String recipient, long version, boolean mails) {
        Preferences preferences = new Preferences(
                ChannelSwitches.allOn().with(Channel.EMAIL, mails), Map.of(), Map.of(), List.of(), null, null);
        return new RecipientProfile(
                new RecipientId(recipient), version, null, recipient + "@example.org", null, preferences);
    }
}
