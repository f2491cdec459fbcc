package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.promise.Heard;
import dev.carillon.guarantees.promise.Mailed;
import dev.carillon.guarantees.promise.Pushed;
import dev.carillon.guarantees.world.WebhookReceiver;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.webpush.PushReply;
import dev.carillon.testsupport.webpush.ReceivedPush;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What the relay, the push service and the webhooks have got for a crowd. */
final class Arrivals {

    private final World world;
    private final Crowd crowd;

    Arrivals(World world, Crowd crowd) {
        this.world = world;
        this.crowd = crowd;
    }

    void tell(Evidence evidence) {
        for (FakeRelay.Received mail : world.relay().received()) {
            Mailed mailed = mailed(mail);
            if (crowd.has(mailed.recipient())) {
                evidence.add(guarantee -> guarantee.mailed(mailed));
            }
        }
        for (ReceivedPush push : world.pushes().received()) {
            if (push.reply() instanceof PushReply.Status status && status.code() < 300) {
                Pushed pushed = pushed(push);
                if (crowd.has(pushed.recipient())) {
                    evidence.add(guarantee -> guarantee.pushed(pushed));
                }
            }
        }
        tellWebhooks(evidence);
    }

    private void tellWebhooks(Evidence evidence) {
        for (WebhookReceiver.Got got : world.webhooks().received()) {
            JsonNode body = Json.mapper().readTree(got.body());
            JsonNode data = body.path("data");
            if (crowd.has(data.path("recipient").asString())) {
                Heard.What what = new Heard.What(
                        NotificationId.parse(data.path("notification").asString()),
                        Channel.valueOf(data.path("channel").asString().toUpperCase(Locale.ROOT)),
                        OutcomeState.valueOf(data.path("outcome").asString().toUpperCase(Locale.ROOT)),
                        Instant.parse(body.path("timestamp").asString()));
                evidence.add(guarantee -> guarantee.heard(new Heard(got.id(), what, got.answered())));
            }
        }
    }

    private static Mailed mailed(FakeRelay.Received mail) {
        String recipient = mail.recipient().substring(0, mail.recipient().indexOf('@'));
        String messageId = mail.content()
                .lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
        return new Mailed(recipient, messageId, Tokens.inMail(mail.content()));
    }

    private Pushed pushed(ReceivedPush push) {
        String text = String.valueOf(push.text());
        JsonNode content = Json.mapper().readTree(text);
        return new Pushed(
                crowd.ownerOfDevice(push.devicePath()),
                content.path("id").asString(),
                content.path("tag").asString(),
                push.headers().getOrDefault("topic", ""),
                Tokens.in(text));
    }
}
