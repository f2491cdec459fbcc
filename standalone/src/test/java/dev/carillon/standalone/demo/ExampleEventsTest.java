package dev.carillon.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.standalone.Standalone;
import dev.carillon.standalone.compose.SharedCarillon;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the example catalogues have, and what their events look like to whom they tell. Each is told somebody of its own. */
@ExtendWith(SharedCarillon.class)
class ExampleEventsTest {
    private static final Duration WAIT = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key;
    private final EndUserTokens users;

    ExampleEventsTest(Standalone carillon) {
        var settings = carillon.context().getEnvironment();
        key = settings.getRequiredProperty("carillon.ingest.bootstrap-key");
        users = new EndUserTokens(
                settings.getRequiredProperty("carillon.auth.jwt-secret"),
                "carillon",
                carillon.context().getBean("platformClock", Clock.class));
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void theCataloguesHaveTheTypesOfTheirApplications() throws Exception {
        assertThat(types("team"))
                .containsExactlyInAnyOrder(
                        "member_added",
                        "member_added.others",
                        "member_removed",
                        "member_role_changed",
                        "project_shared",
                        "invitation_received",
                        "team_created",
                        "team_updated",
                        "team_deleted");
        assertThat(types("compilation"))
                .containsExactlyInAnyOrder("compilation_completed", "compilation_failed", "compilation_progress");
        assertThat(types("jobs"))
                .containsExactlyInAnyOrder(
                        "job_status_change",
                        "application_update",
                        "interview_reminder",
                        "new_job_match",
                        "application_deadline",
                        "skill_gap_report",
                        "system_announcement",
                        "morning_briefing",
                        "evening_update");
        assertThat(types("volunteers"))
                .containsExactlyInAnyOrder(
                        "task.assigned",
                        "task.status_changed",
                        "task.completed",
                        "project.status_changed",
                        "milestone.completed",
                        "team_member.added",
                        "timelog.approved",
                        "timelog.rejected",
                        "sync.conflict_detected",
                        "sync.conflict_resolved");
    }

    private static Set<String> types(String catalogue) throws IOException {
        return ExampleCatalogue.read(catalogue).types().keySet();
    }

    @ParameterizedTest
    @CsvSource({
        "team, member_added, Bob Kahn added you to Orbit, Go to Team, /teams/t-1",
        "team, member_added.others, Ada Lovelace joined Orbit, Go to Team, /teams/t-1",
        "team, member_role_changed, You are now owner in Orbit, Go to Team, /teams/t-1",
        "team, project_shared, Bob Kahn shared Apollo with Orbit, View Project, /projects/p-7",
        "team, invitation_received, Bob Kahn invites you to Voyager, View Invitation, /invitations/i-3",
        "team, team_created, Voyager has been created, Go to Team, /teams/t-2",
        "team, team_updated, Bob Kahn changed Voyager, Go to Team, /teams/t-2",
        "compilation, compilation_completed, Thesis is compiled, View Project, /projects/p-7",
        "volunteers, project.status_changed, Spring Fair is now active, View Project, /projects/p-3"
    })
    void herFeedShowsTheButton(String catalogue, String type, String title, String label, String url) throws Exception {
        JsonNode shown = delivered(catalogue, type);

        assertThat(shown.path("title").asString()).isEqualTo(title);
        assertThat(shown.path("actions").get(0).path("label").asString()).isEqualTo(label);
        assertThat(shown.path("actions").get(0).path("url").asString()).isEqualTo(url);
    }

    @Test
    void aFinishedCompilationIsForOwnerAndTeamAndAFailureForTheOwnerWithItsError() throws Exception {
        ExampleCatalogue compilation = ExampleCatalogue.read("compilation");
        JsonNode completed = compilation.event("compilation_completed");
        assertThat(completed.path("recipients").toString()).isEqualTo("[\"ada\"]");
        assertThat(completed.path("audiences").toString()).isEqualTo("[\"team-demo\"]");
        JsonNode failed = compilation.event("compilation_failed");
        assertThat(failed.path("recipients").toString()).isEqualTo("[\"ada\"]");
        assertThat(failed.has("audiences") || failed.has("broadcast")).isFalse();

        JsonNode shown = delivered("compilation", "compilation_failed");

        assertThat(shown.path("title").asString()).isEqualTo("Thesis could not be compiled");
        assertThat(shown.path("body").asString()).isEqualTo("Line 207: undefined reference <fig:3>");
    }

    /** As the feed has it of somebody whom the example's event names alone. */
    private JsonNode delivered(String catalogue, String type) throws IOException {
        String who = "example-" + type;
        ObjectNode event =
                (ObjectNode) ExampleCatalogue.read(catalogue).event(type).deepCopy();
        event.remove(List.of("audiences", "exclude", "broadcast"));
        event.putArray("recipients").add(who);
        HttpResponse<String> accepted = send("POST", "/events", key, event.toString());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String token = users.issue(new RecipientId(who), Duration.ofHours(1));
        return await().atMost(WAIT)
                .until(
                        () -> Json.mapper()
                                .readTree(
                                        send("GET", "/notifications", token, "").body())
                                .at("/notifications/0"),
                        shown -> !shown.isMissingNode());
    }

    private HttpResponse<String> send(String method, String path, String token, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(SharedCarillon.ORIGIN + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
