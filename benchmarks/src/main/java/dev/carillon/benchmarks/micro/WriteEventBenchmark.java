package dev.carillon.benchmarks.micro;

import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.core.JsonGenerator;

/** A record of {@code intake} as JSON; the floor writes the same fields by hand, with Jackson's generator. */
@State(Scope.Benchmark)
public class WriteEventBenchmark {
    private final RouteEvent event = Samples.accepted("1", "ada", Instant.parse("2026-11-20T10:00:00Z"), null);

    @Benchmark
    public byte[] ours() {
        return Json.write(event);
    }

    @Benchmark
    public byte[] floor() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(800);
        try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
            Event e = event.event();
            json.writeStartObject();
            json.writeStringProperty("kind", "event");
            json.writeObjectPropertyStart("event");
            json.writeStringProperty("uid", e.uid().toString());
            json.writeStringProperty("source", e.source());
            json.writeStringProperty("id", e.id());
            json.writeNumberProperty("type_version", e.typeVersion());
            json.writeStringProperty("accepted_at", e.acceptedAt().toString());
            json.writeObjectPropertyStart("content");
            json.writeStringProperty("title", e.content().title());
            json.writeStringProperty("body", e.content().body());
            json.writeStringProperty("action_url", e.content().actionUrl());
            json.writeObjectPropertyStart("data");
            e.content().data().forEach((name, value) -> json.writeStringProperty(name, String.valueOf(value)));
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeArrayPropertyStart("recipients");
            event.targets().recipients().forEach(recipient -> json.writeString(recipient.value()));
            json.writeEndArray();
            json.writeStringProperty("lane", event.lane().code());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
