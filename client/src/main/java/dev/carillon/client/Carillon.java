package dev.carillon.client;

import dev.carillon.client.Http.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A Carillon, as services use it that publish. */
public final class Carillon implements AutoCloseable {
    private static final String EVENTS = "/api/v1/events";

    private final Http http;
    private final PublishBatch batch;

    Carillon(Http http) {
        this.http = http;
        this.batch = new PublishBatch(http);
    }

    /**
     * Begins to build a client.
     *
     * @param origin such as {@code https://carillon.example.org}
     */
    public static CarillonBuilder at(String origin) {
        return new CarillonBuilder(origin);
    }

    /**
     * Publishes an event, and returns once Carillon has it durably.
     *
     * @throws RefusedException where it breaks a rule
     * @throws UnavailableException where it is not known to have arrived
     */
    public Receipt publish(Event event) {
        return receipt(http.call("POST", EVENTS, event.json()).body());
    }

    /**
     * Publishes many events: each stands for itself, and one that is refused stops no other. Those that could not be taken
     * for a moment are sent again by themselves.
     *
     * @return what became of each, in their order
     * @throws UnavailableException where it is not known of some whether they have arrived: send all again
     */
    public List<Result> publishAll(List<Event> events) {
        return batch.publish(events);
    }

    /** Takes an event back for everybody, as far as it is not delivered yet. */
    public void cancel(Receipt receipt) {
        cancel(receipt, new String[0]);
    }

    /** Takes an event back for these recipients, or for everybody where none is named. */
    public void cancel(Receipt receipt, String... recipients) {
        Map<String, Object> body =
                Map.of("source", receipt.source(), "id", receipt.id(), "recipients", Arrays.asList(recipients));
        http.call("POST", EVENTS + "/" + Http.segment(receipt.uid()) + "/cancel", withoutEmpty(body));
    }

    /** What became of an event: its first 100 notifications, by recipient. Empty where nothing is known (yet). */
    public Timeline timeline(String uid) {
        return timeline(uid, null);
    }

    /**
     * A page of what became of an event.
     *
     * @param next of the page before; null for the first
     */
    public Timeline timeline(String uid, @Nullable String next) {
        String page = next == null ? "" : "?cursor=" + Http.segment(next);
        return timelineAt(EVENTS + "/" + Http.segment(uid) + page);
    }

    /** As {@link #timeline(String)}, for who knows an event by its source and its id there. */
    public Timeline find(String source, String id) {
        return find(source, id, null);
    }

    /** As {@link #timeline(String, String)}, for who knows an event by its source and its id there. */
    public Timeline find(String source, String id, @Nullable String next) {
        String page = next == null ? "" : "&cursor=" + Http.segment(next);
        return timelineAt(EVENTS + "/find?source=" + Http.segment(source) + "&id=" + Http.segment(id) + page);
    }

    private Timeline timelineAt(String path) {
        Answer answer = http.find(path);
        return answer.status() == 404 ? new Timeline(List.of(), null) : Timeline.of(answer.body());
    }

    public Recipients recipients() {
        return new Recipients(http);
    }

    public Audiences audiences() {
        return new Audiences(http);
    }

    static Receipt receipt(JsonNode body) {
        return new Receipt(
                body.path("uid").asString(""),
                body.path("id").asString(""),
                body.path("source").asString(""));
    }

    private static Map<String, Object> withoutEmpty(Map<String, Object> body) {
        return body.entrySet().stream()
                .filter(field -> !List.of().equals(field.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void close() {
        http.close();
    }
}
