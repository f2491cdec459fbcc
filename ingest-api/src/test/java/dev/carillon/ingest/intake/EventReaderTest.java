package dev.carillon.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.schemas.event.Priority;
import dev.carillon.testsupport.ManualClock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final EventReader reader = new EventReader(clock);
    private Violations violations = new Violations();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'titel':'x'                                  | titel unknown_field",
                "'recipient':'ada'                            | recipient unknown_field",
                "'actor':{'id':'bob','nme':'Bob'}             | actor.nme unknown_field",
                "'actor':{'name':'Bob'}                       | actor.id required",
                "'actor':{'id':'b b'}                         | actor.id format",
                "'actor':'bob'                                | actor type",
                "'title':7                                    | title type",
                "'title':'  '                                 | title blank",
                "'title':'a\\u0000b'                          | title characters",
                "'title':'a\\ud800b'                          | title characters",
                "'body':['x']                                 | body type",
                "'silent':'yes'                               | silent type",
                "'recipients':'ada'                           | recipients type",
                "'recipients':['ada','b b']                   | recipients[1] format",
                "'recipients':['ada',7]                       | recipients[1] type",
                "'recipients':['ada',null]                    | recipients[1] type",
                "'recipients':[]                              | recipients target_required",
                "'recipients':null                            | recipients target_required",
                "'audiences':['a/b']                          | audiences[0] format",
                "'exclude':['audience:']                      | exclude[0] format",
                "'broadcast':true                             | broadcast conflict",
                "'recipients':['~connected']                  | recipients[0] format",
                "'sessions':['s p']                           | sessions[0] format",
                "'sessions':['s'],'broadcast':true            | broadcast conflict",
                "'action_url':'javascript:alert(1)'           | action_url url",
                "'action_url':'JaVaScript:alert(1)'           | action_url url",
                "'action_url':'java\\tscript:alert(1)'        | action_url url",
                "'action_url':'//evil.example'                | action_url url",
                "'action_url':'/\\\\evil.example'             | action_url url",
                "'action_url':'https:evil'                    | action_url url",
                "'action_url':'https://a@b.example/'          | action_url url",
                "'action_url':''                              | action_url url",
                "'image':'http://example.org/a.png'           | image url",
                "'image':'/a.png'                             | image url",
                "'actions':[{'id':'a'}]                       | actions[0].label required",
                "'actions':[{'id':'a','label':'A','url':'data:x'}] | actions[0].url url",
                "'actions':{}                                 | actions type",
                "'subjects':[{'type':'t','id':'1','nam':'x'}] | subjects[0].nam unknown_field",
                "'subjects':['x']                             | subjects[0] type",
                "'attachments':[{'name':'a.pdf'}]             | attachments[0].url one_of",
                "'attachments':[{'name':'a.pdf','url':'https://f.example/a','content':'YQ=='}] | attachments[0].url one_of",
                "'attachments':[{'name':'a.pdf','url':'http://f.example/a'}] | attachments[0].url url",
                "'attachments':[{'name':'../a.pdf','content':'YQ=='}] | attachments[0].name characters",
                "'attachments':[{'name':'a\\r\\nBcc: e','content':'YQ=='}] | attachments[0].name characters",
                "'attachments':[{'content':'YQ=='}]           | attachments[0].name required",
                "'attachments':[{'name':'a','content':'!'}]   | attachments[0].content format",
                "'attachments':[{'name':'a','content':''}]    | attachments[0].content blank",
                "'attachments':[{'name':'a','content':'YQ==','type':'pdf'}] | attachments[0].type format",
                "'attachments':[{'name':'a','content':'YQ==','type':'message/rfc822'}] | attachments[0].type format",
                "'attachments':[{'name':'a','content':'YQ==','type':'text/html; x=y'}] | attachments[0].type format",
                "'attachments':[{'name':'a','content':'YQ==','type':'text/html','inline':true}] | attachments[0].inline type",
                "'attachments':[{'name':'a','content':'YQ==','nmae':'b'}] | attachments[0].nmae unknown_field",
                "'attachments':'a.pdf'                        | attachments type",
                "'data':[1]                                   | data type",
                "'data':{'a':['\\u0000']}                     | data characters",
                "'level':'fatal'                              | level allowed_values",
                "'priority':'asap'                            | priority allowed_values",
                "'mode':'x'                                   | mode allowed_values",
                "'locale':'not a locale'                      | locale format",
                "'group':'a\\nb'                              | group characters",
                "'id':''                                      | id blank",
                "'time':'yesterday'                           | time format",
                "'time':'2026-11-20T10:00:00'                 | time format",
                "'time':'+999999999-01-01T00:00:00Z'          | time range",
                "'deliver_at':'2027-11-22T10:00:00Z'          | deliver_at range",
                "'deliver_at':'2026-11-01T10:00:00Z'          | deliver_at range",
                "'deliver_at':{'local':'2026-11-18T09:00'}    | deliver_at range",
                "'deliver_at':{'local':'2027-12-22T09:00'}    | deliver_at range",
                "'deliver_at':{'local':'09:00'}               | deliver_at.local format",
                "'deliver_at':{}                              | deliver_at.local required",
                "'deliver_at':{'local':'2026-11-22T09:00','expires_at':1} | deliver_at.expires_at unknown_field",
                "'deliver_at':{'local':'2026-11-22T09:00'},'expires_at':'2026-11-22T10:00:00Z' | expires_at range",
                "'expires_at':'2026-11-20T10:00:00Z'          | expires_at range",
                "'deliver_at':'2026-11-22T10:00:00Z','expires_at':'2026-11-21T10:00:00Z' | expires_at range",
            })
    void namesTheFieldAndTheRuleThatItBreaks(String fields, String expected) {
        String least = fields.contains("'recipients'") ? "" : "'recipients':['ada'],";
        String titled = fields.contains("'title'") ? "" : "'title':'Hello',";

        assertThat(errors("{" + least + titled + fields.strip() + "}")).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'action_url':'https://example.org/a?b=c|d#e'",
                "'action_url':'HTTPS://example.org'",
                "'action_url':'/a:b'",
                "'action_url':'?q=a:b'",
                "'action_url':'#x'",
                "'action_url':'invoices/1'",
                "'attachments':[{'name':'Rechnung März.pdf','type':'application/pdf','url':'https://f.example/1'}]",
                "'attachments':[{'name':'logo.png','content':'iVBORw0KGgo=','inline':true}]",
                "'priority':'medium'",
                "'priority':'URGENT'",
                "'deliver_at':'2026-11-20T09:58:00Z'",
                "'deliver_at':{'local':'2026-11-22T09:00'},'expires_at':'2026-11-22T21:00:01Z'",
                "'deliver_at':'2026-11-22T10:00:00Z','expires_at':'2026-11-23T10:00:00+02:00'",
                "'title':'\\ud83d\\ude00 two\\nlines <b>'",
                "'sessions':[]",
                "'sessions':['8f3a~b']",
                "'broadcast':false",
                "'data':null",
            })
    void takes(String fields) {
        String titled = fields.contains("'title'") ? "" : "'title':'Hello',";

        assertThat(errors("{'recipients':['ada']," + titled + fields + "}")).isEmpty();
    }

    @Test
    void collectsAllBrokenRules() {
        assertThat(errors("{'titel':'x','recipient':['ada'],'priority':'asap'}"))
                .containsExactlyInAnyOrder(
                        "titel unknown_field",
                        "recipient unknown_field",
                        "priority allowed_values",
                        "recipients target_required",
                        "title required");
    }

    @Test
    void suggestsWhatATypoMeant() {
        errors("{'title':'x','recipient':['ada']}");

        assertThat(violations.errors().getFirst().message()).contains("did you mean recipients?");
        violations = new Violations();
        errors("{'titel':'x','recipients':['ada']}");
        assertThat(violations.errors().getFirst().message()).contains("did you mean title?");
    }

    @Test
    void readsMediumAsNormal() {
        EventRequest request = read("{'recipients':['ada'],'title':'x','priority':'medium'}");

        assertThat(request).isNotNull();
        assertThat(request.labels().priority()).isEqualTo(Priority.NORMAL);
    }

    @Test
    void countsARepeatedRecipientOnce() {
        EventRequest request = read("{'recipients':['ada','bob','ada'],'title':'x'}");

        assertThat(request).isNotNull();
        assertThat(request.targets().recipients()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "title,255",
        "body,10000",
        "action_url,500",
        "group,128",
        "type,128",
        "id,128",
        "source,128",
        "thread,128"
    })
    void refusesTextsOfMoreThan(String field, int limit) {
        String titled = field.equals("title") ? "" : "'title':'x',";

        assertThat(errors("{'recipients':['ada']," + titled + "'" + field + "':'" + "x".repeat(limit) + "'}"))
                .isEmpty();
        assertThat(errors("{'recipients':['ada']," + titled + "'" + field + "':'" + "x".repeat(limit + 1) + "'}"))
                .containsExactly(field + " max_length");
    }

    @Test
    void countsCharactersAsPeopleDo() {
        assertThat(errors("{'recipients':['ada'],'title':'" + "😀".repeat(255) + "'}"))
                .isEmpty();
        assertThat(errors("{'recipients':['ada'],'title':'" + "😀".repeat(256) + "'}"))
                .containsExactly("title max_length");
    }

    @ParameterizedTest
    @CsvSource({"recipients,1000", "audiences,100"})
    void refusesMoreTargetsThan(String field, int limit) {
        assertThat(errors("{'title':'x','" + field + "':[" + ids(limit) + "]}")).isEmpty();
        assertThat(errors("{'title':'x','" + field + "':[" + ids(limit + 1) + "]}"))
                .containsExactly(field + " max_items");
    }

    @Test
    void refusesDataOfMoreThan32Kibibytes() {
        String frame = "{'a':''}";

        assertThat(errors(
                        "{'recipients':['ada'],'title':'x','data':{'a':'" + "x".repeat(32768 - frame.length()) + "'}}"))
                .isEmpty();
        assertThat(errors(
                        "{'recipients':['ada'],'title':'x','data':{'a':'" + "x".repeat(32769 - frame.length()) + "'}}"))
                .containsExactly("data max_bytes");
    }

    @Test
    void measuresDataThatGrowsWhenWritten() {
        String numbers = IntStream.range(0, 5_000).mapToObj(i -> "1e5").collect(Collectors.joining(","));

        assertThat(errors("{'recipients':['ada'],'title':'x','data':{'a':[" + numbers + "]}}"))
                .containsExactly("data max_bytes");
    }

    @Test
    void refusesEventsOfMoreThan64Kibibytes() {
        assertThat(errors("{'recipients':['ada'],'title':'x'" + " ".repeat(65536) + "}"))
                .containsExactly("(body) max_bytes");
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThat(errors("'x'")).containsExactly("(body) type");
    }

    private List<String> errors(String json) {
        read(json);
        return violations.errors().stream()
                .map(error -> error.field() + " " + error.rule())
                .toList();
    }

    private @Nullable EventRequest read(String json) {
        violations = new Violations();
        byte[] body = json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return reader.read(StrictJson.parseParts(body).parts().getFirst(), "", violations);
    }

    private static String ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'u" + i + "'").collect(Collectors.joining(","));
    }
}
