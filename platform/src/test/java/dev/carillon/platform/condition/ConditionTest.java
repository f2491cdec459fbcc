package dev.carillon.platform.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.amount > 1000                             | true",
                "data.amount >= 1280 && data.amount < 1280.5    | true",
                "data.ratio > 0.4                               | true",
                "data.price == 12.5                             | true",
                "data.plan == 'pro'                             | true",
                "data.plan in ['free', 'trial']                 | false",
                "has(data.coupon) && data.coupon == 'x'         | false",
                "has(data.nothing)                              | false",
                "data.tags.exists(tag, tag.startsWith('v'))     | true",
                "size(data.tags) == 3 && data.tags[2] == null   | true",
                "data.nested.deep == 7                          | true",
                "data.plan.matches('^p.o$')                     | true",
                "recipient.locale.startsWith('de')              | true",
                "recipient.id != actor.id                       | true",
                "subjects.exists(s, s.type == 'invoice')        | true",
                "priority == 'high' && source == 'billing'      | true",
                "timestamp(data.at) < timestamp('2027-01-01T00:00:00Z') | true",
            })
    void readsTheEventAndItsRecipient(String text, boolean met) {
        assertThat(evaluate(text)).isEqualTo(met ? new Verdict.Met() : new Verdict.NotMet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.missing > 1",
                "data.nothing == 1",
                "data.plan > 5",
                "data.amount + 'x' == 'y'",
                "data.amount",
                "data.tags[9] == 'x'",
                "data.amount / 0 == 1",
                "timestamp(data.plan) > timestamp('2026-01-01T00:00:00Z')",
                "data.ten.all(a, data.ten.all(b, data.ten.all(c, data.ten.all(d, true))))",
            })
    void failsWithoutAnException(String text) {
        assertThat(evaluate(text))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.detail())
                                .isNotBlank()
                                .doesNotContain("evaluation error")
                                .hasSizeLessThanOrEqualTo(200));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.amount >          | 1 | 14",
                "1 + 1                  | 1 | 3",
                "datum.amount > 1       | 1 | 1",
                "recipient.locle == 'x' | 1 | 10",
                "actor.email == 'x'     | 1 | 6",
                "shout(source) == 'x'   | 1 | 6",
                "source > 5             | 1 | 8",
            })
    void saysWhereItIsNoCondition(String text, int line, int column) {
        assertThat(ConditionSyntax.check(text)).isNotNull().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.column()).isEqualTo(column);
            assertThat(problem.message()).isNotBlank();
        });
        assertThatThrownBy(() -> Condition.compile(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        assertThat(ConditionSyntax.check("source == '" + "x".repeat(1_000) + "'"))
                .isNotNull();
        assertThat(ConditionSyntax.check("(".repeat(200) + "true" + ")".repeat(200)))
                .isNotNull();
    }

    /** No class, method or field of the JVM has a name in the language. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.getClass().getName() == 'x'",
                "''.class == 'x'",
                "java.lang.Runtime.getRuntime().exec('true') == null",
                "T(java.lang.System).exit(1) == null",
            })
    void reachesNothingOfTheJvm(String text) {
        assertThat(ConditionSyntax.check(text)).isNotNull();
    }

    private static Verdict evaluate(String text) {
        return Condition.compile(text).evaluate(values());
    }

    private static Map<String, Object> values() {
        Map<String, Object> data = new HashMap<>();
        data.put("amount", 1_280);
        data.put("ratio", 0.5f);
        data.put("price", new BigDecimal("12.5"));
        data.put("plan", "pro");
        data.put("nothing", null);
        data.put("tags", new ArrayList<>(Arrays.asList("v1", "beta", null)));
        data.put("nested", Map.of("deep", 7));
        data.put("at", "2026-11-20T10:00:00Z");
        data.put("ten", IntStream.range(0, 10).boxed().toList());
        return Map.of(
                "data", data,
                "recipient", Map.of("id", "ada", "locale", "de-AT"),
                "actor", Map.of("id", "bob"),
                "subjects", List.of(Map.of("type", "invoice", "id", "1")),
                "source", "billing",
                "type", "invoice.paid",
                "category", "billing",
                "level", "info",
                "priority", "high");
    }
}
