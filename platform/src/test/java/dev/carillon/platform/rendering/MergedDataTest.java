package dev.carillon.platform.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergedDataTest {
    private static final RecipientId ADA = new RecipientId("ada");

    @Test
    void groupsBySubjectAndTypeInTheOrderInWhichTheyBegin() {
        Map<String, Object> data = MergedData.of(
                List.of(
                        item("1", "build", "alpha"),
                        item("2", "deploy", "alpha"),
                        item("3", "build", "beta"),
                        item("4", "build", "alpha")),
                0,
                new Reader(ADA, null, Locale.ENGLISH, Channel.EMAIL));

        assertThat(data).containsEntry("count", 4).doesNotContainKey("more");
        assertThat(data.get("groups"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
                .extracting(MergedDataTest::shape)
                .containsExactly("build alpha 2 from 1 to 4", "deploy alpha 1 from 2 to 2", "build beta 1 from 3 to 3");
    }

    private static String shape(Map<?, ?> group) {
        return group.get("type") + " " + field(group, "subject", "name") + " " + group.get("count") + " from "
                + field(group, "first", "title") + " to " + field(group, "last", "title");
    }

    private static Object field(Map<?, ?> group, String of, String name) {
        return group.get(of) instanceof Map<?, ?> fields ? String.valueOf(fields.get(name)) : "";
    }

    private static Notification item(String id, String type, String project) {
        EventUid event = EventUid.of("test", id);
        Content content = new Content(
                id,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(new Subject("project", project, project, null)),
                Map.of());
        return new Notification(
                NotificationId.of(event, ADA),
                event,
                ADA,
                type,
                Instant.EPOCH,
                null,
                Labels.none(),
                false,
                null,
                content);
    }
}
