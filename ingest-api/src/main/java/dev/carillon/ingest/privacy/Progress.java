package dev.carillon.ingest.privacy;

import dev.carillon.schemas.Service;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a service is with a request.
 *
 * @param answered how many parts of its answer have come in the round that is running
 * @param of how many there are; 0 before that is known
 * @param removed how much it has removed of each kind, in all rounds
 */
record Progress(
        Service service,
        boolean done,
        int answered,
        int of,
        @Nullable Instant at,
        Map<String, Long> removed) {

    static List<Progress> of(PrivacyRequest request, List<Service> services, List<AnswerTable.Part> parts) {
        return services.stream().map(service -> of(request, service, parts)).toList();
    }

    private static Progress of(PrivacyRequest request, Service service, List<AnswerTable.Part> parts) {
        List<AnswerTable.Part> all =
                parts.stream().filter(part -> part.service() == service).toList();
        List<AnswerTable.Part> now =
                all.stream().filter(part -> part.round() == request.round()).toList();
        Map<String, Long> removed = new TreeMap<>();
        all.forEach(part -> part.removed().forEach((kind, number) -> removed.merge(kind, number, Long::sum)));
        int of = now.isEmpty() ? 0 : now.getLast().parts();
        return new Progress(
                service,
                of > 0 && now.size() == of,
                now.size(),
                of,
                now.isEmpty() ? null : now.getLast().at(),
                removed);
    }
}
