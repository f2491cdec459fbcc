package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.promise.Mailed;
import dev.carillon.guarantees.promise.Pushed;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.Json;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.webpush.PushReply;
import dev.carillon.testsupport.webpush.ReceivedPush;
import tools.jackson.databind.JsonNode;

/** What the relay and the push service have got for a crowd. */
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
