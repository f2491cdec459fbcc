package dev.carillon.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What operators, and relays that report, ask of a worker. */
interface OperatorScenario extends OneWorker {

    @Test
    default void aReportSuppressesAnAddressUntilAnOperatorLiftsIt() {
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
        worker().send(about("bounced", "e1", null, null).asFollowed());
        assertThat(end(about("bounced", "e1", null, null), OutcomeState.SKIPPED).reason())
                .isEqualTo(Reason.SUPPRESSED_ADDRESS);
        assertThat(ended("bounced", 2).reason()).isEqualTo(Reason.SUPPRESSED_ADDRESS);
        assertThat(operator("GET", "suppressions?limit=1000", "text/plain", "").body())
                .contains("\"bounced@example.org\"", "\"hard_bounce\"");

        assertThat(operator("DELETE", "suppressions?address=bounced@example.org", "text/plain", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(worker().activity("bounced", 3))
                .filteredOn(Activity.Reachable.class::isInstance)
                .extracting(activity -> ((Activity.Reachable) activity).reachable())
                .containsExactly(false, true);
        worker().send(about("bounced", "e2", null, null));
        end(about("bounced", "e2", null, null), OutcomeState.SENT);
    }

    @Test
    default void feedbackAsJsonIsCheckedAndNobodyButAnOperatorGivesIt() {
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
    default void feedbackSuppressesCountsOrIsLeftAloneByItsKind() {
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
    default void suppressionsAreListedPageByPageInTheOrderOfTheirAddresses() {
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

    @Test
    default void anOperatorSeesAMailOfATypeAndSendsOneToHerself() {
        worker().send(new NotificationType(
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
                .until(() -> running().getBean(MailTypes.class).find("order.shipped") != null);
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

    private JsonNode page(String query) {
        return Json.mapper()
                .readTree(operator("GET", "suppressions" + query, "application/json", "")
                        .body());
    }
}
