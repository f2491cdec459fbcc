package dev.carillon.ingest.document;

import dev.carillon.platform.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses what callers send: no duplicate names, nothing after the document, at most 64 levels deep. */
public final class StrictJson {
    /** Records on Kafka wrap a document in a few more levels; the sum stays far below every reader's limit. */
    private static final int MAX_DEPTH = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /** A part of a document and how many bytes it took as it was sent. */
    public record Part(JsonNode node, int bytes) {}

    /** What a body holds: one document, or the items of an array in their order. */
    public record Body(boolean array, List<Part> parts) {}

    /**
     * Parses a single document.
     *
     * @throws ProblemException 400 with line and column where it is no JSON
     */
    public static JsonNode parse(byte[] body) {
        return parseWhole(body).parts().getFirst().node();
    }

    /** As {@link #parse}, with its size. */
    public static Body parseWhole(byte[] body) {
        return parseBody(body, false);
    }

    /**
     * Parses a document, or an array item by item.
     *
     * @throws ProblemException 400 with line and column where it is no JSON
     */
    public static Body parseParts(byte[] body) {
        return parseBody(body, true);
    }

    private static Body parseBody(byte[] body, boolean splitArray) {
        try (JsonParser parser = MAPPER.createParser(body)) {
            try {
                return read(parser, splitArray);
            } catch (JacksonException e) {
                TokenStreamLocation where = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
                throw malformed(firstLine(e.getOriginalMessage()) + at(where));
            }
        }
    }

    private static Body read(JsonParser parser, boolean splitArray) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw malformed("a JSON body is required");
        }
        boolean array = splitArray && first == JsonToken.START_ARRAY;
        List<Part> parts = array ? items(parser) : List.of(part(parser));
        if (parser.nextToken() != null) {
            throw malformed("nothing may follow the document" + at(parser.currentTokenLocation()));
        }
        return new Body(array, parts);
    }

    private static List<Part> items(JsonParser parser) {
        List<Part> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(part(parser));
        }
        return items;
    }

    private static Part part(JsonParser parser) {
        long from = parser.currentTokenLocation().getByteOffset();
        JsonNode node = parser.readValueAsTree();
        long to = parser.currentLocation().getByteOffset();
        return new Part(node, from < 0 || to < 0 ? size(node) : Math.toIntExact(to - from));
    }

    /** How many bytes a part takes without white space. */
    public static int size(JsonNode node) {
        return bytes(node).length;
    }

    /** A part as it would be sent, without white space. */
    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    private static ProblemException malformed(String detail) {
        return ProblemException.of(HttpStatus.BAD_REQUEST, "malformed_json", detail);
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static String at(TokenStreamLocation location) {
        return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
