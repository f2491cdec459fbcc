package dev.carillon.benchmarks.push;

import dev.carillon.benchmarks.load.SinkStatistics;
import dev.carillon.testsupport.webpush.PushDevice;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** Takes each message and answers 201. */
final class PushSinkHandler extends Handler.Abstract.NonBlocking {
    private final SinkStatistics statistics;
    private final List<PushDevice> devices;
    private final boolean decrypt;

    /** @param devices by the number that their path is */
    PushSinkHandler(SinkStatistics statistics, List<PushDevice> devices, boolean decrypt) {
        this.statistics = statistics;
        this.devices = devices;
        this.decrypt = decrypt;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Content.Source.asByteBuffer(request, new Promise<>() {
            @Override
            public void succeeded(ByteBuffer body) {
                count(Request.getPathInContext(request), body);
                response.setStatus(201);
                response.write(true, BufferUtil.EMPTY_BUFFER, callback);
            }

            @Override
            public void failed(Throwable failure) {
                callback.failed(failure);
            }
        });
        return true;
    }

    private void count(String path, ByteBuffer body) {
        if (decrypt) {
            byte[] read = devices.get(Integer.parseInt(path.substring(1))).decrypt(BufferUtil.toArray(body));
            statistics.count(read, 0, read.length);
        } else {
            statistics.count();
        }
    }
}
