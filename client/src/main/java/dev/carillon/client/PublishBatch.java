package dev.carillon.client;

import dev.carillon.client.Http.Answer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Publishes many events in as few requests as the API's limits allow. */
final class PublishBatch {
    /** Of a request, as docs/api.md has them. */
    private static final int MOST_EVENTS = 1_000;

    private static final int MOST_BYTES = 1024 * 1024;

    private final Http http;

    PublishBatch(Http http) {
        this.http = http;
    }

    /** An event with its place in the whole. */
    private record Placed(int place, byte[] json) {}

    List<Result> publish(List<Event> events) {
        @Nullable Result[] results = new Result[events.size()];
        List<Placed> request = new ArrayList<>();
        int bytes = 2;
        for (int i = 0; i < events.size(); i++) {
            byte[] json = Http.bytes(events.get(i).json());
            if (!request.isEmpty() && (request.size() == MOST_EVENTS || bytes + json.length + 1 > MOST_BYTES)) {
                send(request, results);
                request.clear();
                bytes = 2;
            }
            request.add(new Placed(i, json));
            bytes += json.length + 1;
        }
        if (!request.isEmpty()) {
            send(request, results);
        }
        return Arrays.stream(results)
                .map(result -> result == null ? unknown() : result)
                .toList();
    }

    /** Sends again what could not be taken for a moment; what is still so after the last attempt is its result. */
    private void send(List<Placed> events, @Nullable Result[] results) {
        List<Placed> open = List.copyOf(events);
        for (int made = 1; !open.isEmpty(); made++) {
            Answer answer = http.send("POST", "/api/v1/events", array(open));
            if (!answer.isSuccess()) {
                throw new RefusedException(answer.problem());
            }
            open = settle(open, answer.body().path("results"), results);
            if (made >= http.retries().attempts()) {
                return;
            }
            if (!open.isEmpty()) {
                http.rest(made, null, new UnavailableException(open.size() + " events were not taken"));
            }
        }
    }

    /** Writes down the results; returns those events that may be taken the next time. */
    private static List<Placed> settle(List<Placed> sent, JsonNode answers, @Nullable Result[] results) {
        List<Placed> open = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            JsonNode answer = answers.path(i);
            int status = answer.path("status").asInt(0);
            Placed event = sent.get(i);
            if (status == 202) {
                results[event.place] = new Result.Accepted(Carillon.receipt(answer));
            } else {
                Problem problem = Problem.of(status, answer);
                results[event.place] = new Result.Refused(problem);
                if (problem.isPassing()) {
                    open.add(event);
                }
            }
        }
        return open;
    }

    private static byte[] array(List<Placed> events) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        char before = '[';
        for (Placed event : events) {
            array.write(before);
            array.writeBytes(event.json);
            before = ',';
        }
        array.write(']');
        return array.toByteArray();
    }

    private static Result unknown() {
        throw new IllegalStateException("an event has no result");
    }
}
