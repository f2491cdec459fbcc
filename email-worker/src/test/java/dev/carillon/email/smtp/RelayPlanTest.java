package dev.carillon.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RelayPlanTest {

    private static RelayPlan plan(Map<String, String> properties) {
        Binder binder = new Binder(new MapConfigurationPropertySource(properties));
        return RelayPlan.of(
                binder.bindOrCreate("carillon.email.smtp", RelaySettings.class),
                binder.bindOrCreate("carillon.email", RelaysSettings.class).relays());
    }

    private static Map<String, String> twoRelays() {
        return new HashMap<>(Map.of(
                "carillon.email.smtp.host", "mail.example.org",
                "carillon.email.relays.bulk.host", "bulk.example.org",
                "carillon.email.relays.bulk.types", "offer",
                "carillon.email.relays.bulk.categories", "news",
                "carillon.email.relays.spare.host", "spare.example.org"));
    }

    @Test
    void namesTheRelayOfEveryMail() {
        Map<String, String> properties = twoRelays();
        properties.put("carillon.email.relays.spare.types", "alarm");
        RelayPlan plan = plan(properties);

        assertThat(plan.relayOf("offer", null)).isEqualTo("bulk");
        assertThat(plan.relayOf("alarm", "news")).isEqualTo("spare");
        assertThat(plan.relayOf(null, "news")).isEqualTo("bulk");
        assertThat(plan.relayOf("other", "other")).isEqualTo("default");
        assertThat(plan(Map.of()).relays()).containsOnlyKeys("default");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "carillon.email.smtp.host | '' | carillon.email.smtp.host is not set, and carillon.email.relays needs it",
                "carillon.email.smtp.types | offer | carillon.email.smtp.types and .categories must be empty",
                "carillon.email.relays.bulk.host | '' | carillon.email.relays.bulk.host is not set",
                "carillon.email.relays.bulk.port | 0 | carillon.email.relays.bulk.port must be 1 to 65535, is 0",
                "carillon.email.relays.bulk.rate | fast | carillon.email.relays.bulk.rate must be a number",
                "carillon.email.relays.default.host | x | carillon.email.relays.default has a name that",
                "carillon.email.relays.spare.types | offer | carillon.email.relays.spare.types names offer, which",
                "carillon.email.relays.spare.categories | news | carillon.email.relays.spare.categories names news",
                "carillon.email.relays.bulk.fail-over | nobody | carillon.email.relays.bulk.fail-over names nobody",
                "carillon.email.smtp.fail-over | spare,spare | carillon.email.smtp.fail-over names spare twice",
                "carillon.email.smtp.fail-over | default | carillon.email.smtp.fail-over names default twice"
            })
    void whatContradictsItselfIsNamed(String setting, String value, String message) {
        Map<String, String> properties = twoRelays();
        properties.put(setting, value);

        assertThatThrownBy(() -> plan(properties))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"example.com", "example.com 20", "exa_mple.com 20/second", "* 0/second", "a.org 1000000/hour"})
    void aLimitThatIsNoneIsNamed(String limit) {
        assertThatThrownBy(() -> new DomainLimits(List.of(limit)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("carillon.email.domain-limits");
    }

    @Test
    void aDomainHasOneLimit() {
        assertThatThrownBy(() -> new DomainLimits(List.of("a.org 1/second", "A.org 2/second")))
                .hasMessage("carillon.email.domain-limits names A.org twice");
    }
}
