package dev.carillon.platform.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTest {

    @Test
    void variablesSectionsAndListsAreFilledIn() {
        TextTemplate template = TextTemplate.compile(
                "Hi {{recipient.name}}{{#data.items}}, {{name}} x{{count}}{{/data.items}}{{^data.none}}.{{/data.none}}");

        assertThat(template.render(
                        Map.of(
                                "recipient", Map.of("name", "Ada"),
                                "data",
                                        Map.of(
                                                "items",
                                                List.of(Map.of("name", "pen", "count", 2), Map.of("name", "ink")))),
                        100))
                .isEqualTo(new FilledText("Hi Ada, pen x2, ink x.", java.util.Set.of("count"), false));
    }

    @Test
    void whatIsMissingIsEmpty() {
        assertThat(TextTemplate.compile("a{{data.b.c}}{{x}}d")
                        .render(Map.of("data", Map.of()), 10)
                        .text())
                .isEqualTo("ad");
    }

    @Test
    void nothingIsEscapedAndDataIsNeverATemplate() {
        assertThat(TextTemplate.compile("{{title}}{{{title}}}")
                        .render(Map.of("title", "<b>{{x}}&"), 100)
                        .text())
                .isEqualTo("<b>{{x}}&<b>{{x}}&");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{title.length}}",
                "{{title.class}}",
                "{{data.class.name}}",
                "{{data.size}}",
                "{{data.empty}}",
                "{{list.size}}",
                "{{number.intValue}}",
                "{{title.bytes}}",
                "{{getClass}}"
            })
    void noFieldOrMethodOfAnObjectIsReachable(String text) {
        Map<String, Object> data = Map.of("title", "x", "data", Map.of("a", 1), "list", List.of(1), "number", 7);

        assertThat(TextTemplate.compile(text).render(data, 100).text()).isEmpty();
    }

    @Test
    void aResultThatIsTooLongIsCutBetweenCharacters() {
        assertThat(TextTemplate.compile("{{a}}")
                        .render(Map.of("a", "abcdef"), 4)
                        .text())
                .isEqualTo("abcd");
        assertThat(TextTemplate.compile("{{a}}").render(Map.of("a", "abc😀"), 4).text())
                .isEqualTo("abc");
    }

    @Test
    void loopsWithinLoopsOverLargeListsEnd() {
        Map<String, Object> data = Map.of("l", Collections.nCopies(10_000, 1));

        assertThatThrownBy(() -> TextTemplate.compile("{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}")
                        .render(data, 100)
                        .text())
                .isInstanceOf(RenderLimitException.class);
    }

    @Test
    void theLimitHoldsForLookUpsAsWell() {
        TextTemplate template = TextTemplate.compile("{{#l}}{{a.b}}{{a.b}}{{a.b}}{{/l}}");
        Map<String, Object> data = Map.of("l", Collections.nCopies(9_000, 1), "a", Map.of("b", ""));

        assertThatThrownBy(() -> template.render(data, 100)).isInstanceOf(RenderLimitException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{> file}}",
                "{{=<% %>=}}",
                "{{<parent}}{{/parent}}",
                "{{a",
                "{{#a}}",
                "{{/a}}",
                "{{#a}}{{/b}}",
                "{{}}",
                "{{a b}}",
                "{{{a}}",
                "{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}"
            })
    void whatIsNoTemplateIsRefused(String text) {
        assertThat(TemplateSyntax.check(text)).isNotNull();
        assertThatThrownBy(() -> TextTemplate.compile(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProblemIsNamedWithLineAndColumn() {
        TemplateProblem problem = TemplateSyntax.check("Hello\n  {{#a}}x{{/b}}");

        assertThat(problem).isEqualTo(new TemplateProblem(2, 10, "section a is open, but \"b\" is closed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no tag",
                "{{! a comment }}",
                "{{ a }}",
                "{{& a.b-c_d.0 }}",
                "{{.}}",
                "}} {x}",
                "{{^a}}{{/a}}"
            })
    void whatIsATemplateIsAcceptedAndCompiles(String text) {
        assertThat(TemplateSyntax.check(text)).isNull();
        assertThat(TextTemplate.compile(text)).isNotNull();
    }
}
