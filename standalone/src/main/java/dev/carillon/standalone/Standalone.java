package dev.carillon.standalone;

import dev.carillon.embedded.LoopbackPort;
import dev.carillon.embedded.StartRefusedException;
import dev.carillon.embedded.StartRefusedException.Reason;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.standalone.inbox.InboxConfiguration;
import dev.carillon.standalone.launch.LaunchOptions;
import dev.carillon.standalone.origin.UrlHost;
import dev.carillon.standalone.server.StandaloneServers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Broker, database and the services' context, started in this order and stopped in the other. The stop may come from
 * another thread at any time, also during the start.
 */
public final class Standalone implements AutoCloseable {

    private final LaunchOptions options;
    private final Consumer<String> progress;
    private @Nullable StandaloneServers servers;
    private @Nullable ConfigurableApplicationContext context;
    private boolean closed;
    private int port;

    /** @param progress told what is being started, in a few words each */
    public Standalone(LaunchOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** The same, saying nothing. */
    public Standalone(LaunchOptions options) {
        this(options, ignored -> {});
    }

    /** Returns when requests are answered. */
    public void start() {
        InetAddress address = address(options.host());
        if (options.port() == 0) {
            port = LoopbackPort.choose(0);
        } else {
            port = options.port();
            LoopbackPort.requireFree(address, port);
        }
        SpringApplication application = CarillonService.application(StandaloneConfiguration.class, port);
        application.setRegisterShutdownHook(false);
        // Here logging is set up and no bean exists yet.
        application.addInitializers(fresh -> startServers(fresh, address));
        application.run(options.properties().toArray(String[]::new));
    }

    /** What to tell the person who started it. */
    public String greeting(long startNanos) {
        Path data = servers == null ? null : servers.path();
        return """

            Carillon is ready after %.1f s: open %s/
            %s Ctrl-C stops it.
            """.formatted(
                        startNanos / (double) Duration.ofSeconds(1).toNanos(),
                        origin(options.host()),
                        data == null
                                ? "Nothing will be kept; browsers that turn on push now must do so again next time."
                                : "Everything is kept in " + data + ".");
    }

    private String origin(String host) {
        return "http://" + UrlHost.of(host) + ":" + port;
    }

    /** The services' context, for tests that look into it. */
    public ConfigurableApplicationContext context() {
        if (context == null) {
            throw new IllegalStateException("not started");
        }
        return context;
    }

    @Override
    public void close() {
        ConfigurableApplicationContext lastContext;
        StandaloneServers lastServers;
        synchronized (this) {
            closed = true;
            lastContext = context;
            lastServers = servers;
            context = null;
            servers = null;
        }
        try (lastServers) {
            if (lastContext != null) {
                lastContext.close();
            }
        }
    }

    private void startServers(ConfigurableApplicationContext fresh, InetAddress address) {
        progress.accept("Starting Kafka and PostgreSQL…");
        StandaloneServers started = StandaloneServers.start(options.data());
        keep(started, fresh);
        progress.accept("Starting the services…");
        configure(fresh.getEnvironment(), started, address);
    }

    private synchronized void keep(StandaloneServers started, ConfigurableApplicationContext fresh) {
        if (closed) {
            started.close();
            throw new StartRefusedException(Reason.FAILED, "Stopped during the start.");
        }
        servers = started;
        context = fresh;
    }

    private void configure(ConfigurableEnvironment environment, StandaloneServers started, InetAddress address) {
        environment.getPropertySources().addFirst(new MapPropertySource("servers", fixed(started, address)));
        Map<String, Object> offered = new HashMap<>(started.secrets().properties());
        // The host's name, which the router takes otherwise, may change between two starts.
        offered.put("carillon.router.instance", "standalone");
        offered.put("carillon.push.vapid.subject", "mailto:operator@carillon.example");
        offered.put("carillon.email.from", "carillon@carillon.example");
        // Every address is none that a link can name.
        String origin = origin(address.isAnyLocalAddress() ? "localhost" : options.host());
        offered.put("carillon.email.layout.public-origin", origin);
        if (address.isLoopbackAddress()) {
            // A page that is being written has a server of its own on this machine.
            offered.put("carillon.cors.origins", "http://localhost:*,http://127.0.0.1:*");
        }
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            offered.put("carillon.email.unsubscribe.origin", origin);
            offered.put("carillon.email.unsubscribe.preferences-url", origin + "/#preferences");
        } else if (!environment.containsProperty("carillon.email.unsubscribe.origin")) {
            // Over plain http a link that stops mails is for this machine only.
            offered.remove("carillon.email.unsubscribe.secret");
        }
        if (!environment.containsProperty("carillon.email.smtp.host")) {
            int inbox = LoopbackPort.choose(0);
            offered.put(InboxConfiguration.PORT, inbox);
            offered.put("carillon.email.smtp.host", LoopbackPort.HOST);
            offered.put("carillon.email.smtp.port", inbox);
            offered.put("carillon.email.smtp.security", "none");
        }
        offered.keySet().removeIf(environment::containsProperty);
        environment.getPropertySources().addLast(new MapPropertySource("standalone", offered));
    }

    private Map<String, Object> fixed(StandaloneServers started, InetAddress address) {
        Map<String, Object> fixed = started.properties();
        fixed.put("server.address", address.getHostAddress());
        fixed.put("server.port", port);
        Path data = started.path();
        if (data != null) {
            fixed.put(InboxConfiguration.DIRECTORY, data.resolve("inbox").toString());
        }
        boolean loopback = address.isLoopbackAddress();
        boolean demo = options.demo() == null ? loopback : options.demo();
        fixed.put("carillon.standalone.loopback", loopback);
        fixed.put("carillon.standalone.demo", demo);
        if (demo) {
            fixed.put("carillon.ingest.type.files", "classpath*:types/*.yaml");
        }
        return fixed;
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getAllByName(host)[0];
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "--host names no address of this machine: %s", host), e);
        }
    }
}
