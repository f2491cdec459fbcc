package dev.carillon.testsupport;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What one class logs until this is closed. A service that starts meanwhile takes it away. */
public final class CapturedLog implements AutoCloseable {
    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
    private final Lines appender = new Lines(lines);
    private final Logger logger;

    /**
     * @param text with the stack trace, where there is one
     * @param fields what a structured log has beside the text
     */
    public record Line(String text, Map<String, String> fields) {}

    public CapturedLog(Class<?> of) {
        logger = (Logger) LoggerFactory.getLogger(of);
        appender.start();
        logger.addAppender(appender);
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final Queue<Line> lines;

        Lines(Queue<Line> lines) {
            this.lines = lines;
        }

        @Override
        protected void append(ILoggingEvent event) {
            String failure = ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(new Line(event.getFormattedMessage() + failure, Map.copyOf(event.getMDCPropertyMap())));
        }
    }
}
