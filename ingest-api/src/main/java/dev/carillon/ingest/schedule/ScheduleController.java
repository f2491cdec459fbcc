package dev.carillon.ingest.schedule;

import dev.carillon.ingest.apikey.CurrentKey;
import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Recurring events, for upstream services. */
@RestController
@RequestMapping("/api/v1/schedules")
final class ScheduleController {
    private static final int MAX_BYTES = 128 * 1024;
    private static final UUID FIRST = new UUID(0, 0);

    private final ScheduleTable table;
    private final ScheduleReader reader;
    private final ChangeSchedules change;

    ScheduleController(ScheduleTable table, ScheduleReader reader, ChangeSchedules change) {
        this.table = table;
        this.reader = reader;
        this.change = change;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> make(HttpServletRequest request) throws IOException {
        var body = StrictJson.parse(BodyBytes.read(request, MAX_BYTES));
        ChangeSchedules.Made made = change.make(reader.read(body, CurrentKey.get()));
        return JsonAnswer.of(made.created() ? HttpStatus.CREATED : HttpStatus.OK, ScheduleJson.of(made.schedule()));
    }

    @GetMapping
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String cursor, @RequestParam(defaultValue = "100") String limit) {
        int size = PathIds.limit(limit);
        UUID after = cursor.isEmpty() ? FIRST : uuid("cursor", cursor);
        List<ScheduleJson> page = table.list(CurrentKey.get().sources(), after, size).stream()
                .map(ScheduleJson::of)
                .toList();
        return JsonAnswer.ok(new ScheduleJson.Page(
                page, page.size() < size ? null : page.getLast().id()));
    }

    @GetMapping("/{id}")
    ResponseEntity<byte[]> find(@PathVariable String id) {
        return JsonAnswer.ok(ScheduleJson.of(change.find(uuid("id", id), CurrentKey.get())));
    }

    @PostMapping("/{id}/pause")
    ResponseEntity<byte[]> pause(@PathVariable String id) {
        return JsonAnswer.ok(ScheduleJson.of(change.pause(uuid("id", id), CurrentKey.get())));
    }

    @PostMapping("/{id}/resume")
    ResponseEntity<byte[]> resume(@PathVariable String id) {
        return JsonAnswer.ok(ScheduleJson.of(change.resume(uuid("id", id), CurrentKey.get())));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id) {
        change.delete(uuid("id", id), CurrentKey.get());
        return ResponseEntity.noContent().build();
    }

    private static UUID uuid(String field, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(field, "format", "must be a schedule's id: a UUID");
        }
    }
}
