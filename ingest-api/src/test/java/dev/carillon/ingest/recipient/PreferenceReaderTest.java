package dev.carillon.ingest.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.ingest.document.StrictJson;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.Briefing;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Mute;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.Weekday;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'quiet_hours':[{'start':'22:00'}]}                    | quiet_hours[0].end required",
                "{'quiet_hours':[{'end':'7:00'}]}                       | quiet_hours[0].start required",
                "{'quiet_hours':[{'start':'22:00','end':'22:00'}]}      | quiet_hours[0].end same_as_start",
                "{'quiet_hours':[{'start':'9:00','end':'09:00'}]}       | quiet_hours[0].end same_as_start",
                "{'quiet_hours':[{'start':'24:00','end':'7:00'}]}       | quiet_hours[0].start format",
                "{'quiet_hours':[{'start':'22:60','end':'7:00'}]}       | quiet_hours[0].start format",
                "{'quiet_hours':[{'start':'10pm','end':'7:00'}]}        | quiet_hours[0].start format",
                "{'quiet_hours':[{'start':22,'end':'7:00'}]}            | quiet_hours[0].start type",
                "{'quiet_hours':[{'days':['someday'],'start':'22:00','end':'7:00'}]} | quiet_hours[0].days[0] format",
                "{'quiet_hours':[{'channels':['sms'],'start':'22:00','end':'7:00'}]} | quiet_hours[0].channels[0]"
                        + " format",
                "{'quiet_hours':[{'from':'1:00','start':'22:00','end':'7:00'}]} | quiet_hours[0].from unknown_field",
                "{'quiet_hours':{'start':'22:00','end':'7:00'}}         | quiet_hours type",
                "{'time_zone':'Mars/Olympus'}                           | time_zone unknown_zone",
                "{'time_zone':'+02:00'}                                 | time_zone unknown_zone",
                "{'timezone':'UTC'}                                     | timezone unknown_field",
                "{'locale':'x y'}                                       | locale format",
                "{'channels':{'sms':true}}                              | channels.sms unknown_field",
                "{'channels':{'email':'on'}}                            | channels.email type",
                "{'types':{'a':{'email':'maybe'}}}                      | types.a.email allowed_values",
                "{'digest':{'frequency':'yearly'}}                      | digest.frequency allowed_values",
                "{'digest':{'at':['8am']}}                              | digest.at[0] format",
                "{'digest':{'weekday':'someday'}}                       | digest.weekday allowed_values",
                "{'digest':{'day':32}}                                  | digest.day range",
                "{'digest':{'time':'8:00'}}                             | digest.time unknown_field",
                "{'morning_briefing':{'enabled':'yes'}}                 | morning_briefing.enabled type",
                "{'evening_update':{'at':'25:00'}}                      | evening_update.at format",
                "{'quiet_hours':[{'start':'1:00','end':'2:00','urgent_passes':1}]} | quiet_hours[0].urgent_passes type",
                "{'types':{'a':{'email':true}}}                         | types.a.email type",
                "{'categories':{'a':'off'}}                             | categories.a type",
                "{'muted_until':'tomorrow'}                             | muted_until format",
                "{'types':{'a\\u0000':{'email':'off'}}}                 | types characters",
                "{'categories':{'a\\nb':{'email':'off'}}}              | categories characters",
                "{'mutes':[{'id':'x'}]}                                 | mutes[0].kind required",
                "{'mutes':[{'kind':'planet','id':'x'}]}                 | mutes[0].kind allowed_values",
                "{'mutes':[{'kind':'audience'}]}                        | mutes[0].id required",
                "{'mutes':[{'kind':'audience','id':'a b'}]}             | mutes[0].id format",
                "{'mutes':[{'kind':'person','id':'a/b'}]}               | mutes[0].id format",
                "{'mutes':[{'kind':'subject','id':'1'}]}                | mutes[0].type required",
                "{'mutes':[{'kind':'group','type':'x','id':'1'}]}       | mutes[0].type unknown_field",
                "{'mutes':[{'kind':'everything','id':'1'}]}             | mutes[0].id unknown_field",
                "{'mutes':[{'kind':'thread','id':'t','until':'soon'}]}  | mutes[0].until format",
                "{'version':'1'}                                        | version type",
            })
    void namesTheFieldAndTheRuleThatItBreaks(String json, String expected) {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> PreferenceReader.read(StrictJson.parse(bytes(json))));

        assertThat(problem.status().value()).isEqualTo(422);
        assertThat(problem.errors())
                .extracting(error -> error.field() + " " + error.rule())
                .containsExactly(expected);
    }

    @Test
    void readsMutes() {
        PreferenceDocument document = read("{'mutes':[{'kind':'subject','type':'invoice','id':'1'},"
                + "{'kind':'everything','until':'2026-11-20T10:00:00Z'}]}");

        assertThat(document.toPreferences(null).mutes())
                .containsExactly(
                        new Mute(Mute.Kind.SUBJECT, "invoice", "1", null),
                        new Mute(Mute.Kind.EVERYTHING, null, null, Instant.parse("2026-11-20T10:00:00Z")));
    }

    @Test
    void readsTimesWithOneDigitOrTwo() {
        PreferenceDocument document =
                read("{'quiet_hours':[{'start':'22:00','end':'7:05'}],'time_zone':'Europe/Berlin'}");

        QuietWindow window = document.quietHours().getFirst();
        assertThat(window.start()).isEqualTo(LocalTime.of(22, 0));
        assertThat(window.end()).isEqualTo(LocalTime.of(7, 5));
        assertThat(window.days()).hasSize(7);
    }

    @Test
    void readsDigestsAndBriefings() {
        PreferenceDocument document =
                read("{'types':{'a':{'email':'digest'}},'digest':{'frequency':'weekly','at':['7:30','19:00'],"
                        + "'weekday':'fri'},'morning_briefing':{'enabled':true},'quiet_hours':"
                        + "[{'start':'1:00','end':'2:00','urgent_passes':false}]}");

        assertThat(document.types().get("a")).isEqualTo(new ChannelChoices(null, Choice.DIGEST, null));
        assertThat(document.digest())
                .isEqualTo(new DigestSchedule(
                        Frequency.WEEKLY, List.of(LocalTime.of(7, 30), LocalTime.of(19, 0)), Weekday.FRI, 1));
        assertThat(document.morningBriefing()).isEqualTo(new Briefing(true, LocalTime.of(8, 0)));
        assertThat(document.eveningUpdate()).isEqualTo(new Briefing(false, LocalTime.of(18, 0)));
        assertThat(document.quietHours().getFirst().letsUrgentPass()).isFalse();
        assertThat(document.toPreferences(null).digest()).isEqualTo(document.digest());
    }

    @Test
    void completesWhatIsAbsentWithTheDefaults() {
        PreferenceDocument document = read("{'channels':{'email':false}}");

        assertThat(document.channels().inApp()).isTrue();
        assertThat(document.channels().email()).isFalse();
        assertThat(document.channels().push()).isTrue();
        assertThat(document.quietHours()).isEmpty();
    }

    private static PreferenceDocument read(String json) {
        return PreferenceReader.read(StrictJson.parse(bytes(json))).document();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
