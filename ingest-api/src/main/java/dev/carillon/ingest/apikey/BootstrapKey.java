package dev.carillon.ingest.apikey;

import dev.carillon.platform.kafka.Phases;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Admits the key that the operator chose for the first steps, with every scope. Without one there is no key at all. */
final class BootstrapKey implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(BootstrapKey.class);
    private static final String NAME = "bootstrap";

    private final ApiKeys keys;
    private final @Nullable String token;
    private volatile boolean running;

    BootstrapKey(ApiKeys keys, @Nullable String token) {
        this.keys = keys;
        this.token = token;
    }

    @Override
    public void start() {
        if (token != null) {
            keys.admit(NAME, token, EnumSet.allOf(Scope.class));
        } else if (keys.list().isEmpty()) {
            LOG.warn("no API key exists, so nobody can publish: set CARILLON_BOOTSTRAP_KEY for the first one");
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
        return Phases.LIVE;
    }
}
