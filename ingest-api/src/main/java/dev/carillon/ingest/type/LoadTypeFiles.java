package dev.carillon.ingest.type;

import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.type.NotificationType;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes the types of the configured files into the catalogue when the service starts. */
final class LoadTypeFiles implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LoadTypeFiles.class);

    private final ChangeTypes change;
    private final List<String> patterns;
    private volatile boolean running;

    LoadTypeFiles(ChangeTypes change, List<String> patterns) {
        this.change = change;
        this.patterns = patterns;
    }

    @Override
    public void start() {
        List<NotificationType> types = TypeFiles.read(patterns);
        try {
            change.takeOver(types);
        } catch (BrokerUnavailableException e) {
            LOG.warn("the types of the files are stored and will be published later: {}", e.getMessage());
        }
        if (!types.isEmpty()) {
            LOG.info("{} notification types come from files", types.size());
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Phases.ROUTER;
    }
}
