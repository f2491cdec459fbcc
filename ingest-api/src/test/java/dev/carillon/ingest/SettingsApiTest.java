package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsApiTest {
    private RunningIngest ingest;
    private TopicProbe topics;
    private Unsubscribes unsubscribes;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe, @TempDir Path files) throws Exception {
        Files.writeString(
                files.resolve("types.yaml"),
                "types: {from.file: {category: filed, channels: [email, push], templates: [{title: Filed}]}}");
        ingest = RunningIngest.start(
                database,
                TestInfrastructure.freshTopicPrefix(),
                Map.of("carillon.ingest.type.files", "file:" + files + "/*.yaml"));
        topics = probe;
        unsubscribes = new Unsubscribes(ingest, topics);
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @Test
    void takesBackWhatWasToldByACommand() {
        String id = "7d444840-9dc0-11d1-b245-5ffdce74fad2";

        assertThat(ingest.api()
                        .delete("/api/v1/recipients/r-9/notifications/" + id)
                        .status())
                .isEqualTo(202);
        assertThat(ingest.api()
                        .delete("/api/v1/recipients/r-9/notifications/group/job-7")
                        .status())
                .isEqualTo(202);
        assertThat(ingest.api()
                        .delete("/api/v1/recipients/r-9/notifications?group=job/8")
                        .status())
                .isEqualTo(202);
        assertThat(ingest.api().delete("/api/v1/subjects/team/7").status()).isEqualTo(202);

        List<Command> sent = topics.readAll(ingest.topic("commands")).stream()
                .map(record -> Json.read(record.value(), Command.class))
                .toList();
        assertThat(sent).hasSize(4);
        assertThat(sent.stream().filter(Command.DismissGroup.class::isInstance))
                .extracting(command -> ((Command.DismissGroup) command).group())
                .containsExactly("job-7", "job/8");
        assertThat(ingest.api().delete("/api/v1/recipients/r-9/notifications/7").errors())
                .containsExactly("notification format");
        assertThat(ingest.api()
                        .delete("/api/v1/recipients/b b/notifications/group/g".replace(" ", "%20"))
                        .status())
                .isEqualTo(422);
        assertThat(ingest.apiWith("sender", "[\"publish\"]", "[]")
                        .delete("/api/v1/subjects/team/7")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void registersReadsChangesAndDeletesARecipient() {
        Api.Answer created = put(
                "/recipients/r-1",
                "{\"name\":\"Ada\",\"email\":\"ada@example.org\",\"locale\":\"de\",\"time_zone\":\"Europe/Berlin\"}");

        assertThat(created.status()).as(created.toString()).isEqualTo(200);
        assertThat(created.header("ETag")).isEqualTo("\"" + created.text("version") + "\"");
        assertThat(get("/recipients/r-1").text("email")).isEqualTo("ada@example.org");
        assertThat(put("/recipients/r-1", "{\"name\":\"Ada L.\"}").status()).isEqualTo(200);
        assertThat(get("/recipients/r-1").json().get("email")).isNull();
        assertThat(delete("/recipients/r-1").status()).isEqualTo(204);
        assertThat(get("/recipients/r-1").status()).isEqualTo(404);
        assertThat(delete("/recipients/r-1").status()).isEqualTo(204);
    }

    @Test
    void tellsTheRouterOfARecipientOnAllThreeTopicsBeforeItAnswers() {
        long version = put("/recipients/r-2", "{\"email\":\"bob@example.org\"}")
                .json()
                .get("version")
                .longValue();

        RecipientProfile profile = Json.read(last("recipients", "r-2").value(), RecipientProfile.class);
        assertThat(profile.version()).isEqualTo(version);
        assertThat(profile.email()).isEqualTo("bob@example.org");
        for (String lane : List.of("intake", "intake.bulk")) {
            JsonNode change = Json.mapper().readTree(last(lane, "r-2").value());
            assertThat(change.get("kind").stringValue()).isEqualTo("profile");
            assertThat(change.at("/profile/version").longValue()).isEqualTo(version);
        }
        delete("/recipients/r-2");
        ConsumerRecord<byte[], byte[]> tombstone = last("recipients", "r-2");
        assertThat(tombstone.value()).isNull();
        String deletedAt = new String(
                Objects.requireNonNull(tombstone.headers().lastHeader(Topics.VERSION_HEADER))
                        .value(),
                StandardCharsets.UTF_8);
        assertThat(Long.parseLong(deletedAt)).isGreaterThan(version);
        assertThat(Json.mapper()
                        .readTree(last("intake", "r-2").value())
                        .get("kind")
                        .stringValue())
                .isEqualTo("profile_deleted");
    }

    @Test
    void keepsPreferencesWhenTheRegistrationChangesAndForgetsThemWithTheRecipient() {
        put("/recipients/r-3/preferences", "{\"channels\":{\"email\":false},\"time_zone\":\"Asia/Tokyo\"}");
        put("/recipients/r-3", "{\"name\":\"Cyd\",\"time_zone\":\"UTC\",\"locale\":\"fr\"}");

        RecipientProfile profile = Json.read(last("recipients", "r-3").value(), RecipientProfile.class);
        assertThat(profile.preferences().channels().email()).isFalse();
        assertThat(profile.preferences().timeZone()).isEqualTo("Asia/Tokyo");
        assertThat(profile.locale()).isEqualTo("fr");
        delete("/recipients/r-3");
        put("/recipients/r-3", "{\"name\":\"Cyd\"}");
        assertThat(get("/recipients/r-3/preferences")
                        .json()
                        .at("/channels/email")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void anUnsubscribeIsPartOfThePreferencesAndOnlyWhoHasReadItTakesItBack() {
        double before = ingest.measured(Metric.PREFERENCES, "how", "put");
        put(
                "/recipients/u-1/preferences",
                "{\"channels\":{\"email\":true},\"types\":{\"from.file\":{\"email\":\"on\"}}}");
        unsubscribes.apply("u-1", UnsubscribeScope.CATEGORY, "filed");
        JsonNode stored = unsubscribes.preferencesOnce("u-1", "/categories/filed/email");
        assertThat(stored.at("/types/from.file/email").isMissingNode()).isTrue();

        Api.Answer unaware = put("/recipients/u-1/preferences", "{\"types\":{\"from.file\":{\"email\":\"on\"}}}");
        assertThat(unaware.json().at("/categories/filed/email").stringValue()).isEqualTo("off");
        assertThat(unaware.json().at("/types/from.file/email").isMissingNode()).isTrue();
        assertThat(unaware.json().at("/warnings/0/field").stringValue()).isEqualTo("categories.filed.email");
        assertThat(unaware.json().at("/warnings/0/rule").stringValue()).isEqualTo("unsubscribed");

        Api.Answer aware = put(
                "/recipients/u-1/preferences",
                "{\"types\":{\"from.file\":{\"email\":\"on\"}},\"version\":" + unaware.text("version") + "}");
        assertThat(aware.json().at("/types/from.file/email").stringValue()).isEqualTo("on");
        assertThat(aware.json().has("unsubscribed")).isFalse();
        assertThat(ingest.measured(Metric.PREFERENCES, "how", "put")).isEqualTo(before + 3);
        assertThat(Json.read(last("recipients", "u-1").value(), RecipientProfile.class)
                        .preferences()
                        .categories())
                .isEmpty();
    }

    @Test
    void anUnsubscribeOutlivesWhatIsPutOfTheRecipientAndEndsWithHer() {
        put("/recipients/u-3", "{\"email\":\"ada@example.org\"}");
        unsubscribes.apply("u-3", UnsubscribeScope.CATEGORY, "filed");
        unsubscribes.preferencesOnce("u-3", "/categories/filed/email");

        assertThat(put("/recipients/u-3", "{\"email\":\"ada@example.net\",\"name\":\"Ada\"}")
                        .status())
                .isEqualTo(200);
        assertThat(filed("u-3")).isEqualTo("off");
        assertThat(Json.read(last("recipients", "u-3").value(), RecipientProfile.class)
                        .preferences()
                        .categories())
                .containsKey("filed");

        delete("/recipients/u-3");
        put("/recipients/u-3", "{\"email\":\"ada@example.net\"}");
        assertThat(filed("u-3")).isNull();
    }

    private @Nullable String filed(String recipient) {
        JsonNode choice =
                get("/recipients/" + recipient + "/preferences").json().at("/categories/filed/email");
        return choice.isMissingNode() ? null : choice.stringValue();
    }

    @Test
    void whoWasNeverRegisteredCanUnsubscribeToo() {
        unsubscribes.apply("u-2", UnsubscribeScope.ALL, null);

        assertThat(unsubscribes
                        .preferencesOnce("u-2", "/unsubscribed/0/scope")
                        .at("/channels/email")
                        .booleanValue())
                .isFalse();
        // Published after it is stored.
        topics.readUntil(
                ingest.topic("recipients"),
                Duration.ofMinutes(1),
                records -> records.stream().anyMatch(record -> key(record).equals("u-2")));
        RecipientProfile profile = Json.read(last("recipients", "u-2").value(), RecipientProfile.class);
        assertThat(profile.preferences().channels().isOn(Channel.EMAIL)).isFalse();
    }

    @Test
    void givesAnEndUserHerOwnPreferences() {
        Api dee = ingest.apiOf("dee");
        Api.Answer defaults = dee.get("/api/v1/preferences");
        assertThat(defaults.json().get("version").longValue()).isZero();
        assertThat(defaults.json().at("/channels/in_app").booleanValue()).isTrue();

        Api.Answer saved = dee.put(
                "/api/v1/preferences",
                "{\"quiet_hours\":[{\"start\":\"22:00\",\"end\":\"7:00\",\"days\":[\"mon\"]}],\"time_zone\":\"Europe/Berlin\"}",
                "If-Match",
                "\"0\"");

        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
        JsonNode window = dee.get("/api/v1/preferences").json().at("/quiet_hours/0");
        assertThat(window.get("start").stringValue()).isEqualTo("22:00");
        assertThat(window.get("end").stringValue()).isEqualTo("07:00");
        assertThat(dee.put("/api/v1/preferences", "{}", "If-Match", "\"0\"").status())
                .isEqualTo(412);
        assertThat(dee.put("/api/v1/preferences", saved.json().toString()).status())
                .isEqualTo(200);
        assertThat(dee.put("/api/v1/preferences", saved.json().toString()).status())
                .isEqualTo(412);
        assertThat(get("/recipients/dee").status()).isEqualTo(200);
        assertThat(ingest.api().get("/api/v1/preferences").status()).isEqualTo(401);
        assertThat(dee.get("/api/v1/recipients/dee").status()).isEqualTo(401);
    }

    @Test
    void storesPreferencesForUnknownTypesAndWarns() {
        Api.Answer answer = put(
                "/recipients/r-4/preferences",
                "{\"types\":{\"no.such\":{\"email\":\"off\"},\"from.file\":{\"push\":\"on\"}},"
                        + "\"categories\":{\"none\":{\"email\":\"off\"},\"filed\":{\"email\":\"off\"}}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("warnings"))
                .extracting(warning -> warning.get("field").stringValue())
                .containsExactly("types.no.such", "categories.none");
        assertThat(get("/recipients/r-4/preferences").json().at("/types").has("no.such"))
                .isTrue();
    }

    @Test
    void aNameThatNoDatabaseCanHoldIsTheCallersMistake() {
        assertThat(put("/recipients/r-4/preferences", "{\"types\":{\"a\\u0000\":{\"email\":\"off\"}}}")
                        .errors())
                .containsExactly("types characters");
    }

    @Test
    void refusesAChangeOfAnotherVersion() {
        String first = put("/recipients/r-5", "{\"name\":\"E\"}").header("ETag");
        String second =
                put("/recipients/r-5", "{\"name\":\"F\"}", "If-Match", first).header("ETag");

        assertThat(put("/recipients/r-5", "{\"name\":\"G\"}", "If-Match", first).status())
                .isEqualTo(412);
        assertThat(put("/recipients/r-5", "{\"name\":\"G\"}", "If-None-Match", "*")
                        .status())
                .isEqualTo(412);
        assertThat(put("/recipients/r-5", "{\"name\":\"G\"}", "If-Match", "\"x\"")
                        .status())
                .isEqualTo(412);
        assertThat(put("/recipients/r-nobody", "{\"name\":\"G\"}", "If-Match", "*")
                        .status())
                .isEqualTo(412);
        assertThat(get("/recipients/r-nobody").status()).isEqualTo(404);
        assertThat(delete("/recipients/r-5", "If-Match", first).status()).isEqualTo(412);
        assertThat(delete("/recipients/r-5", "If-Match", second).status()).isEqualTo(204);
    }

    @Test
    void refusesWhatNoRecipientCanBe() {
        assertThat(put("/recipients/r-6", "{\"email\":\"a@b@c\"}").errors()).containsExactly("email format");
        assertThat(put("/recipients/r-6", "{\"mail\":\"a@b\"}").errors()).containsExactly("mail unknown_field");
        assertThat(put("/recipients/r-6", "{\"time_zone\":\"Mars\"}").errors())
                .containsExactly("time_zone unknown_zone");
        assertThat(put("/recipients/r-6", "[]").errors()).containsExactly("(body) type");
        assertThat(put("/recipients/r%206", "{}").errors()).containsExactly("recipient format");
        assertThat(get("/recipients?limit=0").errors()).containsExactly("limit range");
        assertThat(get("/recipients?cursor=%20").errors()).containsExactly("cursor format");
    }

    @Test
    void listsRecipientsPageByPage() {
        IntStream.range(0, 5).forEach(i -> put("/recipients/list-" + i, "{}"));

        Api.Answer first = get("/recipients?limit=2&cursor=list-");
        assertThat(first.json().get("recipients"))
                .extracting(recipient -> recipient.get("id").stringValue())
                .containsExactly("list-0", "list-1");
        assertThat(get("/recipients?limit=2&cursor=" + first.text("next_cursor"))
                        .json()
                        .get("recipients"))
                .extracting(recipient -> recipient.get("id").stringValue())
                .containsExactly("list-2", "list-3");
    }

    @Test
    void addsRemovesAndListsMembers() {
        assertThat(put("/audiences/team-1/members/ada", "").text("added")).isEqualTo("1");
        assertThat(put("/audiences/team-1/members/ada", "").text("added")).isEqualTo("0");
        Api.Answer changed =
                post("/audiences/team-1/members", "{\"add\":[\"bob\",\"cyd\",\"bob\"],\"remove\":[\"ada\",\"eve\"]}");

        assertThat(changed.text("added")).isEqualTo("2");
        assertThat(changed.text("removed")).isEqualTo("1");
        assertThat(members("team-1")).containsExactly("bob", "cyd");
        assertThat(delete("/audiences/team-1/members/bob").status()).isEqualTo(204);
        assertThat(delete("/audiences/team-1/members/bob").status()).isEqualTo(204);
        assertThat(put("/audiences/team-1/members", "{\"members\":[\"dee\",\"cyd\"]}")
                        .text("added"))
                .isEqualTo("1");
        assertThat(members("team-1")).containsExactly("cyd", "dee");
        assertThat(put("/audiences/team-1/members", "{\"members\":[]}").text("removed"))
                .isEqualTo("2");
        assertThat(members("team-1")).isEmpty();
    }

    @Test
    void tellsTheRouterOfAMembershipUnderItsOwnKey() {
        put("/audiences/team-2/members/ada", "");
        ConsumerRecord<byte[], byte[]> joined = last("audience-members", "team-2\0ada");
        JsonNode onIntake = Json.mapper().readTree(last("intake", "ada").value());
        assertThat(onIntake.at("/membership/member").booleanValue()).isTrue();
        assertThat(Json.mapper().readTree(joined.value()).get("version")).isEqualTo(onIntake.at("/membership/version"));

        delete("/audiences/team-2/members/ada");
        assertThat(last("audience-members", "team-2\0ada").value()).isNull();
        assertThat(Json.mapper()
                        .readTree(last("intake", "ada").value())
                        .at("/membership/member")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void takesAThousandMembersAtOnceAndNotOneMore() {
        assertThat(post("/audiences/crowd/members", "{\"add\":[" + ids(1_000) + "]}")
                        .text("added"))
                .isEqualTo("1000");
        assertThat(post("/audiences/crowd/members", "{\"add\":[" + ids(1_001) + "]}")
                        .errors())
                .containsExactly("add max_items");
        assertThat(post("/audiences/crowd/members", "{\"add\":[" + ids(600) + "],\"remove\":[" + ids(600) + "]}")
                        .errors())
                .contains("remove max_items", "remove conflict");
        assertThat(post("/audiences/crowd/members", "{}").errors()).containsExactly("add required");
        put("/audiences/crowd/members/one-more", "");
        Api.Answer replaced = put("/audiences/crowd/members", "{\"members\":[\"ada\"]}");
        assertThat(replaced.status()).isEqualTo(409);
        assertThat(members("crowd?limit=3")).hasSize(3);
    }

    @Test
    void keepsTheCatalogueOfTypes() {
        Api.Answer put = put(
                "/types/invoice.paid",
                "{\"label\":\"Invoice paid\",\"category\":\"billing\",\"channels\":[\"inapp\",\"email\"],"
                        + "\"priority\":\"low\",\"templates\":[{\"title\":\"Paid {{data.amount}}\"}]}");
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        String again = put(
                        "/types/invoice.paid", get("/types/invoice.paid").json().toString())
                .text("version");
        assertThat(again).isEqualTo(put.text("version"));
        Api.Answer event = post("/events", "{\"type\":\"invoice.paid\",\"recipients\":[\"ada\"]}");
        assertThat(event.status()).as(event.toString()).isEqualTo(202);
        JsonNode record =
                Json.mapper().readTree(last("intake.bulk", event.text("uid")).value());
        assertThat(record.at("/event/type_version").asString()).isEqualTo(put.text("version"));
        assertThat(delete("/types/invoice.paid").status()).isEqualTo(204);
        assertThat(get("/types/invoice.paid").status()).isEqualTo(404);
        assertThat(last("types", "invoice.paid").value()).isNull();
        assertThat(post("/events", "{\"type\":\"invoice.paid\",\"recipients\":[\"ada\"]}")
                        .errors())
                .containsExactly("title required");
    }

    @Test
    void keepsTypesOfFilesReadOnly() {
        assertThat(get("/types/from.file").text("origin")).isEqualTo("file");
        assertThat(put("/types/from.file", "{}").status()).isEqualTo(409);
        assertThat(delete("/types/from.file").status()).isEqualTo(409);
        assertThat(get("/types").json().get("types"))
                .anySatisfy(type -> assertThat(type.get("name").stringValue()).isEqualTo("from.file"));
        assertThat(ingest.apiOf("ada").get("/api/v1/notification-types").json().get("types"))
                .anySatisfy(
                        type -> assertThat(type.get("category").stringValue()).isEqualTo("filed"));
    }

    @Test
    void refusesWhatNoTypeCanBe() {
        assertThat(put("/types/t", "{\"channel\":[\"email\"]}").errors()).containsExactly("channel unknown_field");
        assertThat(put("/types/t", "{\"channels\":[\"sms\"]}").errors()).containsExactly("channels[0] format");
        assertThat(put("/types/t", "{\"templates\":[{\"titel\":\"x\"}]}").errors())
                .containsExactly("templates[0].titel unknown_field");
        assertThat(put("/types/t", "{\"templates\":[{\"body\":\"{{#a}}\"}]}").errors())
                .containsExactly("templates[0].body template");
        assertThat(put("/types/a%20b", "{}").errors()).containsExactly("type format");
    }

    @Test
    void revokesAKeyAtOnce() {
        Api.Answer created =
                post("/ops/api-keys", "{\"name\":\"short\",\"scopes\":[\"publish\"],\"events_per_second\":10}");
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        Api caller = ingest.api().withToken(created.text("token"));
        String event = "{\"title\":\"x\",\"recipients\":[\"ada\"]}";
        assertThat(caller.post("/api/v1/events", event).status()).isEqualTo(202);
        assertThat(get("/ops/api-keys").toString()).contains("short").doesNotContain(created.text("token"));
        assertThat(ingest.bean(JdbcClient.class)
                        .sql("SELECT row_to_json(k)::text FROM ingest.api_key k")
                        .query(String.class)
                        .list())
                .anyMatch(row -> row.contains("\"short\""))
                .noneMatch(row -> row.contains(created.text("token")));
        assertThat(delete("/ops/api-keys/" + created.text("id")).status()).isEqualTo(204);
        assertThat(caller.post("/api/v1/events", event).status()).isEqualTo(401);
        assertThat(post("/ops/api-keys", "{\"scopes\":[\"all\"]}").errors())
                .containsExactlyInAnyOrder("name required", "scopes[0] format", "scopes required");
    }

    private Api.Answer put(String path, String body, String... headers) {
        return ingest.api().put("/api/v1" + path, body, headers);
    }

    private Api.Answer post(String path, String body) {
        return ingest.api().post("/api/v1" + path, body);
    }

    private Api.Answer get(String path) {
        return ingest.api().get("/api/v1" + path);
    }

    private Api.Answer delete(String path, String... headers) {
        return ingest.api().delete("/api/v1" + path, headers);
    }

    private List<String> members(String audience) {
        String[] parts = audience.split("\\?", -1);
        return get("/audiences/" + parts[0] + "/members" + (parts.length > 1 ? "?" + parts[1] : ""))
                .json()
                .get("members")
                .valueStream()
                .map(member -> member.get("recipient").stringValue())
                .toList();
    }

    private ConsumerRecord<byte[], byte[]> last(String topic, String key) {
        return topics.readAll(ingest.topic(topic)).stream()
                .filter(record -> key(record).equals(key))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static String ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"m" + i + "\"").collect(Collectors.joining(","));
    }
}
