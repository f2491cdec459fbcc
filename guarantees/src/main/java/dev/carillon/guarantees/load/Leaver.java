package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Erased;
import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Has somebody erased who is told through an audience meanwhile, and looks what still comes to her afterwards. */
final class Leaver implements Runnable {

    /** How long she is told before. */
    private static final Duration STAYS = Duration.ofSeconds(20);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Person person;
    private final Crowd crowd;
    private final World world;
    private final Calls calls;
    private final Feeds feeds;
    private final RandomGenerator random;
    private volatile boolean done;
    private volatile long mailsBefore;
    private volatile long pushesBefore;

    Leaver(Person person, Crowd crowd, World world, Calls calls, Feeds feeds, RandomGenerator random) {
        this.person = person;
        this.crowd = crowd;
        this.world = world;
        this.calls = calls;
        this.feeds = feeds;
        this.random = random;
    }

    @Override
    public void run() {
        try {
            Thread.sleep(STAYS);
            String path = "/api/v1/ops/recipients/" + person.id() + "/erase";
            String request = await("POST", path, Map.of()).path("id").asString();
            while (!done) {
                Thread.sleep(LOOK_AGAIN);
                JsonNode state = await("GET", "/api/v1/ops/privacy-requests/" + request, null);
                if (state.path("state").asString().equals("done")) {
                    mailsBefore = mails();
                    pushesBefore = pushes();
                    done = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False where her feed could not be read. */
    boolean tell(Evidence evidence) throws InterruptedException {
        if (!done) {
            evidence.add(guarantee -> guarantee.erased(new Erased(person.id(), false, 0, 0, 0)));
            return true;
        }
        Optional<List<JsonNode>> feed = feeds.readAll(person.id(), random);
        feed.ifPresent(rows -> {
            Erased erased = new Erased(person.id(), true, rows.size(), mails() - mailsBefore, pushes() - pushesBefore);
            evidence.add(guarantee -> guarantee.erased(erased));
        });
        return feed.isPresent();
    }

    private long mails() {
        return world.relay().received().stream()
                .filter(mail -> mail.recipient().equals(person.email()))
                .count();
    }

    private long pushes() {
        return world.pushes().received().stream()
                .filter(push -> crowd.ownerOfDevice(push.devicePath()).equals(person.id()))
                .count();
    }

    private JsonNode await(String method, String path, @Nullable Object body) throws InterruptedException {
        while (true) {
            Optional<HttpResponse<String>> answer = calls.upstream(method, path, body, random);
            if (answer.isPresent() && answer.get().statusCode() < 300) {
                return Json.mapper().readTree(answer.get().body());
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }
}
