package dev.carillon.platform.http;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MimeType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What Spring refuses before a controller is called, in our words. */
final class FrameworkProblems {
    private FrameworkProblems() {}

    static ProblemException of(Exception e, HttpStatusCode status) {
        return switch (e) {
            case NoResourceFoundException _ -> ProblemException.of(HttpStatus.NOT_FOUND, ProblemException.NO_SUCH_PATH);
            case HttpRequestMethodNotSupportedException method ->
                ProblemException.of(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        "this path answers " + allowed(method) + ", not " + method.getMethod());
            case HttpMediaTypeNotSupportedException type ->
                ProblemException.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "the body must come as " + accepted(type));
            case MissingServletRequestParameterException missing ->
                ProblemException.parameter(missing.getParameterName(), "required", "is required");
            case MethodArgumentTypeMismatchException wrong ->
                ProblemException.parameter(wrong.getName(), "format", "cannot be read");
            default -> unnamed(status);
        };
    }

    private static ProblemException unnamed(HttpStatusCode status) {
        HttpStatus known = Objects.requireNonNullElse(
                HttpStatus.resolve(status.value()),
                status.is4xxClientError() ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR);
        return ProblemException.of(known, "the request cannot be answered: " + known.getReasonPhrase());
    }

    private static String allowed(HttpRequestMethodNotSupportedException e) {
        String @Nullable [] methods = e.getSupportedMethods();
        return methods == null
                ? "other methods"
                : Arrays.stream(methods).sorted().collect(Collectors.joining(", "));
    }

    private static String accepted(HttpMediaTypeNotSupportedException e) {
        return e.getSupportedMediaTypes().stream().map(MimeType::toString).collect(Collectors.joining(" or "));
    }
}
