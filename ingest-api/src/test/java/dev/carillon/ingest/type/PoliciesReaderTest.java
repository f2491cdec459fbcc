package dev.carillon.ingest.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.TypeDigest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesReaderTest {
    @Test
    void readsEverythingAndWritesItBack() {
        Violations violations = new Violations();
        NotificationType type = read(
                "{'category':'ci','policies':{'batches':[{'channels':['push'],'mode':'sliding','window':'90s',"
                        + "'max_window':'PT1H','first_at_once':true,'key':'{{data.project_id}}','max_items':5}],"
                        + "'digest':{'schedule':{'frequency':'weekly','weekday':'tue'}},"
                        + "'caps':[{'channel':'email','category':'ci','most':3,'per':'week'}],"
                        + "'over_cap':'drop','never_merge':true}}",
                violations);
        assertThat(violations.errors()).isEmpty();
        assertThat(type).isNotNull();
        Policies expected = new Policies(
                List.of(new Batch(
                        Set.of(Channel.PUSH),
                        Batch.Mode.SLIDING,
                        Duration.ofSeconds(90),
                        Duration.ofHours(1),
                        true,
                        "{{data.project_id}}",
                        5)),
                new TypeDigest(Set.of(), new DigestSchedule(Frequency.WEEKLY, List.of(), Weekday.TUE, 1)),
                List.of(new Cap(Channel.EMAIL, "ci", 3, Cap.Period.WEEK)),
                OverCap.DROP,
                true);
        if (type != null) {
            assertThat(type.policies()).isEqualTo(expected);
            String written = TypeJson.document(type).toString();
            NotificationType again = read(written.replace('"', '\''), violations);
            assertThat(again).as(written + violations.errors()).isEqualTo(type);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'batches':[{}]}                                        | batches[0].window required",
                "{'batches':[{'window':'8d'}]}                           | batches[0].window range",
                "{'batches':[{'window':'0s'}]}                           | batches[0].window range",
                "{'batches':[{'window':'ten minutes'}]}                  | batches[0].window format",
                "{'batches':[{'window':'1m','mode':'sliding'}]}          | batches[0].max_window required",
                "{'batches':[{'window':'1m','max_window':'2m'}]}         | batches[0].max_window not_applicable",
                "{'batches':[{'window':'2m','mode':'sliding','max_window':'1m'}]} | batches[0].max_window range",
                "{'batches':[{'window':'1m','key':'{{data.'}]}           | batches[0].key template",
                "{'batches':[{'window':'1m','max_items':0}]}             | batches[0].max_items range",
                "{'batches':[{'window':'1m'},{'window':'2m','channels':['email']}]} | batches unique",
                "{'digest':{'schedule':{'frequency':'never'}}}           | digest.schedule.frequency allowed_values",
                "{'digest':{'schedule':{'at':['24:00']}}}                | digest.schedule.at[0] format",
                "{'caps':[{}]}                                           | caps[0].most required",
                "{'caps':[{'most':0}]}                                   | caps[0].most range",
                "{'caps':[{'most':201}]}                                 | caps[0].most range",
                "{'caps':[{'most':1,'category':'unheard-of'}]}           | caps[0].category unknown_category",
                "{'caps':[{'most':1,'per':'month'}]}                     | caps[0].per allowed_values",
                "{'steps':[{'channel':'inapp'},{'channel':'inapp','after':'1h'}]} | steps[1].channel cycle",
                "{'steps':[{'channel':'inapp'}]}                         | steps pointless",
                "{'steps':[{'after':'1h'}]}                              | steps[0].channel required",
                "{'steps':[{'channel':'fax'}]}                           | steps[0].channel allowed_values",
                "{'steps':[{'channel':'email','after':'1h'}]}            | steps[0].channel allowed_values",
                "{'over_cap':'ignore'}                                   | over_cap allowed_values",
                "{'cap':[]}                                              | cap unknown_field",
            })
    void namesTheFieldAndTheRuleThatItBreaks(String policies, String expected) {
        Violations violations = new Violations();
        read("{'category':'ci','policies':" + policies + "}", violations);

        assertThat(violations.errors())
                .extracting(error -> error.field() + " " + error.rule())
                .containsExactly("policies." + expected);
    }

    @Test
    void aStepWaitsAWeekAtMost() {
        Violations violations = new Violations();
        read(
                "{'channels':['inapp','email'],'policies':{'steps':[{'channel':'inapp'},{'channel':'email','after':'8d'}]}}",
                violations);

        assertThat(violations.errors())
                .extracting(error -> error.field() + " " + error.rule())
                .containsExactly("policies.steps[1].after range");
    }

    private static @Nullable NotificationType read(String json, Violations violations) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return TypeReader.read("build", StrictJson.parse(bytes), "", violations);
    }
}
