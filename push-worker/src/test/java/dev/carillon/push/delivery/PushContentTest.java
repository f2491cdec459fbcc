package dev.carillon.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Json;
import dev.carillon.testsupport.RandomSeed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PushContentTest {
    private static final String URL = "https://example.org/" + "p".repeat(480);

    @Test
    void aMessageThatFitsIsLeftAlone() {
        PushContent content = content("Title", "Body", List.of());

        assertThat(new String(content.toJson(3_993), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"n\",\"title\":\"Title\",\"body\":\"Body\",\"url\":\"" + URL
                        + "\",\"tag\":\"t\",\"image\":\"https://example.org/i.png\",\"renotify\":false,"
                        + "\"silent\":false,\"timestamp\":1,\"report\":\"" + "r".repeat(240) + "\"}");
    }

    @Test
    void theBodyGivesWayFirstAndOnlyAsMuchAsItMust() {
        byte[] json = content("Title", "x".repeat(10_000), List.of(new PushContent.Button("a", "A", "/a")))
                .toJson(3_993);

        assertThat(json).hasSize(3_993);
        JsonNode read = Json.mapper().readTree(json);
        assertThat(read.at("/body").asString()).endsWith("x…");
        assertThat(read.at("/actions")).hasSize(1);
        assertThat(read.at("/url").asString()).isEqualTo(URL);
    }

    @Test
    void thenButtonsAndPictureAndThenTheTitleAndNeverTheLinkBeforeThem() {
        String wide = "\u0001".repeat(255);
        List<PushContent.Button> buttons = List.of(new PushContent.Button("a", "B".repeat(2_000), null));

        JsonNode withoutButtons =
                Json.mapper().readTree(content(wide, "body", buttons).toJson(3_000));
        assertThat(withoutButtons.has("actions")).isFalse();
        assertThat(withoutButtons.at("/title").asString()).isEqualTo(wide);

        JsonNode least = Json.mapper().readTree(content(wide, "body", buttons).toJson(PushContent.LEAST_BYTES));
        assertThat(least.at("/title").asString()).endsWith("\u0001…").hasSizeLessThan(40);
        assertThat(least.at("/url").asString()).isEqualTo(URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"👩‍👩‍👧‍👦", "🇩🇪", "e\u0301", "é", "\u0001", "\"", "\\", "字", "𝄞"})
    void textsAreCutBetweenCharactersAsPeopleSeeThem(String character) {
        byte[] json = content("T", character.repeat(1_000), List.of()).toJson(1_500);

        assertThat(json.length).isBetween(1_440, 1_500);
        String body = Json.mapper().readTree(json).at("/body").asString();
        assertThat(body.substring(0, body.length() - 1).replace(character, "")).isEmpty();
        assertThat(body).endsWith(character + "…");
    }

    @Test
    void neverFailsAndNeverExceedsItsLimit() {
        RandomSeed seed = RandomSeed.of("neverFailsAndNeverExceedsItsLimit");
        RandomGenerator random = seed.generator();
        for (int round = 0; round < 300; round++) {
            PushContent content = content(
                    text(random, 255),
                    text(random, 10_000),
                    List.of(new PushContent.Button("a", text(random, 300), text(random, 500))));
            for (int most : new int[] {PushContent.LEAST_BYTES, 1_996, 3_993}) {
                byte[] json = content.toJson(most);
                assertThat(json.length).as("seed %s", seed).isLessThanOrEqualTo(most);
                assertThat(Json.mapper().readTree(json).has("title")).isTrue();
            }
        }
    }

    private static PushContent content(String title, @Nullable String body, List<PushContent.Button> buttons) {
        return new PushContent(
                "n",
                title,
                body,
                URL,
                "t",
                "https://example.org/i.png",
                buttons.isEmpty() ? null : buttons,
                false,
                false,
                1,
                "r".repeat(240));
    }

    /** Any characters at all, lone halves of pairs among them. */
    private static String text(RandomGenerator random, int longest) {
        char[] text = new char[random.nextInt(longest + 1)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000);
        }
        return new String(text);
    }
}
