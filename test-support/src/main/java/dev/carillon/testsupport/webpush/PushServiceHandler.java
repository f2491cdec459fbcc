package dev.carillon.testsupport.webpush;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;

/** Reads, checks and answers what is sent to the devices of one {@link TestPushService}. */
final class PushServiceHandler extends Handler.Abstract.NonBlocking {
    private static final List<String> REQUIRED =
            List.of("ttl", "urgency", "topic", "content-encoding", "authorization");
    private static final int ENDLESS_CHUNK = 8_192;

    private final TestPushService service;
    private final Clock clock;

    PushServiceHandler(TestPushService service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        Content.Source.asByteBuffer(request, new Promise<>() {
            @Override
            public void succeeded(ByteBuffer body) {
                PushReply reply = service.next(path);
                if (!service.sinks(path)) {
                    note(path, request, BufferUtil.toArray(body), reply);
                }
                answer(reply, request, response, callback);
            }

            @Override
            public void failed(Throwable failure) {
                callback.failed(failure);
            }
        });
        return true;
    }

    private void note(String path, Request request, byte[] body, PushReply reply) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.put(field.getLowerCaseName(), field.getValue());
        }
        REQUIRED.stream().filter(name -> !headers.containsKey(name)).forEach(name -> service.complain("no " + name));
        service.note(new ReceivedPush(
                path,
                Map.copyOf(headers),
                request.getConnectionMetaData().getHttpVersion().asString().toUpperCase(Locale.ROOT),
                body.length,
                read(path, body),
                subject(headers.getOrDefault("authorization", "")),
                reply));
    }

    private @Nullable String read(String path, byte[] body) {
        PushDevice device = service.deviceAt(path);
        if (device == null) {
            return null;
        }
        try {
            return device.read(body);
        } catch (RuntimeException e) {
            service.complain("unreadable message: " + e.getMessage());
            return null;
        }
    }

    private String subject(String authorization) {
        try {
            return VapidCheck.subject(
                    authorization,
                    service.origin(),
                    NumericDate.fromSeconds(clock.instant().getEpochSecond()));
        } catch (IllegalArgumentException e) {
            service.complain("bad token: " + e.getMessage());
            return "";
        }
    }

    private static void answer(PushReply reply, Request request, Response response, Callback callback) {
        switch (reply) {
            case PushReply.Status status -> {
                response.setStatus(status.code());
                status.headers().forEach((name, value) -> response.getHeaders().put(name, value));
                Content.Sink.write(response, true, status.body(), callback);
            }
            case PushReply.Stall stall -> {}
            case PushReply.Reset reset ->
                request.getConnectionMetaData().getConnection().getEndPoint().close();
            case PushReply.Endless endless -> {
                response.setStatus(201);
                writeOn(response, callback);
            }
        }
    }

    private static void writeOn(Response response, Callback callback) {
        response.write(
                false,
                ByteBuffer.allocate(ENDLESS_CHUNK),
                Callback.from(() -> writeOn(response, callback), callback::failed));
    }
}
