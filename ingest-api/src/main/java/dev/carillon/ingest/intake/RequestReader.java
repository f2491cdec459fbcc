package dev.carillon.ingest.intake;

import dev.carillon.ingest.cloudevent.CloudEvents;
import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.Draft;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Finds the events in a request, in our own form or as CloudEvents. */
final class RequestReader {
    /** What may be sent, for {@code Accept}. */
    static final String MEDIA_TYPES =
            String.join(", ", MediaType.APPLICATION_JSON_VALUE, CloudEvents.STRUCTURED, CloudEvents.BATCH);

    private RequestReader() {}

    /** The events of one request; {@code array} where each gets a result of its own. */
    record Events(boolean array, List<Draft> drafts) {}

    /** @throws ProblemException where the request as a whole is none: 400, 413, 415 */
    static Events read(HttpServletRequest request) throws IOException {
        if (request.getHeader(CloudEvents.BINARY_HEADER) != null) {
            byte[] body = BodyBytes.read(request, Limits.REQUEST_BYTES);
            return new Events(
                    false, List.of(CloudEvents.binary(headers(request), body).within(traceparent(request))));
        }
        return switch (mediaType(request)) {
            case MediaType.APPLICATION_JSON_VALUE -> parsed(request, true, part -> new Draft.Ready(part, null));
            case CloudEvents.STRUCTURED -> parsed(request, false, CloudEvents::structured);
            case CloudEvents.BATCH -> parsed(request, true, CloudEvents::structured);
            default ->
                throw ProblemException.of(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE, "events are sent as one of " + MEDIA_TYPES);
        };
    }

    private static Events parsed(HttpServletRequest request, boolean mayBeArray, Function<StrictJson.Part, Draft> draft)
            throws IOException {
        byte[] bytes = BodyBytes.read(request, Limits.REQUEST_BYTES);
        StrictJson.Body body = mayBeArray ? StrictJson.parseParts(bytes) : StrictJson.parseWhole(bytes);
        String ofRequest = traceparent(request);
        return new Events(
                body.array(),
                body.parts().stream()
                        .map(part -> draft.apply(part).within(ofRequest))
                        .toList());
    }

    private static @Nullable String traceparent(HttpServletRequest request) {
        return request.getHeader("traceparent");
    }

    private static String mediaType(HttpServletRequest request) {
        String type = request.getContentType();
        int end = type == null ? -1 : type.indexOf(';');
        return type == null
                ? ""
                : (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        Collections.list(request.getHeaderNames()).forEach(name -> headers.put(name, request.getHeader(name)));
        return headers;
    }
}
