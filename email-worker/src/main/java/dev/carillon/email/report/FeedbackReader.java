package dev.carillon.email.report;

import dev.carillon.email.report.Feedback.Kind;
import dev.carillon.email.smtp.EnhancedStatus;
import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads feedback as JSON: one object or an array of them. */
public final class FeedbackReader {
    private static final int MOST = 1_000;

    private FeedbackReader() {}

    /** @throws ProblemException 400 or 422 naming what is wrong */
    public static List<Feedback> read(byte[] body) {
        JsonNode json = parse(body);
        List<JsonNode> items = json.isArray() ? json.valueStream().toList() : List.of(json);
        if (items.size() > MOST) {
            throw ProblemException.invalid("", "max_items", "at most " + MOST + " at once");
        }
        List<FieldError> errors = new ArrayList<>();
        List<Feedback> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Feedback feedback = feedback(items.get(i), json.isArray() ? "[" + i + "]." : "", errors);
            if (feedback != null) {
                all.add(feedback);
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors.subList(0, Math.min(50, errors.size())));
        }
        return all;
    }

    /** @throws ProblemException 400 where it is no JSON */
    public static JsonNode parse(byte[] body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JacksonException e) {
            throw ProblemException.of(HttpStatus.BAD_REQUEST, "malformed_json", e.getOriginalMessage());
        }
    }

    private static @Nullable Feedback feedback(JsonNode item, String path, List<FieldError> errors) {
        MailAddress address = address(item, path, errors);
        Kind kind = kind(item, path, errors);
        return address == null || kind == null ? null : new Feedback(address, kind, text(item, "detail"));
    }

    /** Null where it has none that could be mailed; {@code errors} then says why. */
    public static @Nullable MailAddress address(JsonNode item, String path, List<FieldError> errors) {
        String text = text(item, "address");
        if (text == null) {
            errors.add(new FieldError(path + "address", "required", "is required"));
            return null;
        }
        try {
            return MailAddress.parse(text.strip());
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError(path + "address", "format", String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static @Nullable Kind kind(JsonNode item, String path, List<FieldError> errors) {
        String kind = text(item, "kind");
        String status = text(item, "status");
        if (status != null && !EnhancedStatus.isValid(status)) {
            errors.add(new FieldError(path + "status", "format", "must be an enhanced status code, like 5.1.1"));
            return null;
        }
        return switch (String.valueOf(kind)) {
            case "complaint" -> Kind.COMPLAINT;
            case "hard_bounce" -> Kind.HARD_BOUNCE;
            case "soft_bounce" -> Kind.SOFT_BOUNCE;
            case "bounce" -> status == null ? required(path + "status", errors) : ReportReader.kindOfFailure(status);
            default -> {
                errors.add(new FieldError(
                        path + "kind", "one_of", "must be one of complaint, hard_bounce, soft_bounce, bounce"));
                yield null;
            }
        };
    }

    private static @Nullable Kind required(String field, List<FieldError> errors) {
        errors.add(new FieldError(field, "required", "is required where kind is bounce: it says which one"));
        return null;
    }

    /** Null where it has no such text. */
    public static @Nullable String text(JsonNode item, String name) {
        JsonNode value = item.get(name);
        return value != null && value.isString() ? value.stringValue() : null;
    }
}
