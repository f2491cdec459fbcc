package dev.carillon.push.webpush;

import dev.carillon.platform.outbound.ForbiddenAddress;
import dev.carillon.platform.outbound.RetryAfter;
import java.io.ByteArrayOutputStream;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Turns one response into a {@link PushAnswer}. Of a body it keeps the beginning, and breaks off an endless one. */
final class AnswerListener implements Response.Listener {
    static final int KEPT_BYTES = 1_024;
    static final int READ_BYTES = 65_536;

    private final CompletableFuture<PushAnswer> answer;
    private final Clock clock;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private int read;

    AnswerListener(CompletableFuture<PushAnswer> answer, Clock clock) {
        this.answer = answer;
        this.clock = clock;
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        read += content.remaining();
        byte[] kept = new byte[Math.min(content.remaining(), KEPT_BYTES - body.size())];
        content.get(kept);
        content.position(content.limit());
        body.writeBytes(kept);
        if (read > READ_BYTES) {
            answer.complete(answerOf(response));
            var _ = response.abort(new IllegalStateException("the push service's answer is longer than " + READ_BYTES));
        }
    }

    @Override
    public void onComplete(Result result) {
        Throwable failure = result.getFailure();
        Response response = result.getResponse();
        if (failure == null || answeredEarly(response)) {
            answer.complete(answerOf(response));
        } else {
            answer.complete(failed(failure));
        }
    }

    /** A push service may answer, and close, before it has read the whole message. */
    private static boolean answeredEarly(@Nullable Response response) {
        return response != null && response.getStatus() >= 400;
    }

    private PushAnswer answerOf(Response response) {
        return Answers.of(
                response.getStatus(),
                response.getHeaders().get(HttpHeader.RETRY_AFTER),
                RetryAfter.date(response.getHeaders().get(HttpHeader.DATE)),
                body.toString(StandardCharsets.UTF_8),
                clock.instant());
    }

    private static PushAnswer failed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenAddress forbidden) {
                return new PushAnswer.Refused(0, text(forbidden.getMessage()));
            }
            if (cause instanceof UnknownHostException) {
                return new PushAnswer.Unreachable("the push service's name is not known: " + text(cause.getMessage()));
            }
            if (cause instanceof TimeoutException) {
                return new PushAnswer.Unreachable("the push service did not answer in time");
            }
        }
        return new PushAnswer.Unreachable(failure.getClass().getSimpleName() + ": " + text(failure.getMessage()));
    }

    private static String text(@Nullable String message) {
        return message == null ? "no details" : message;
    }
}
