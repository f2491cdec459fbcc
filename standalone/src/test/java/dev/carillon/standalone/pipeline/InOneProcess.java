package dev.carillon.standalone.pipeline;

import dev.carillon.embedded.LoopbackPort;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Service;
import dev.carillon.standalone.Standalone;
import dev.carillon.standalone.launch.LaunchOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The five services in this JVM, as {@code ./carillon} runs them. */
final class InOneProcess implements RunningCarillon {
    private final Path data;
    private final List<String> settings;
    private final int port = LoopbackPort.choose(0);
    private Duration ahead = Duration.ZERO;
    private Standalone standalone;

    InOneProcess(Path data, List<String> settings) {
        this.data = data;
        this.settings = settings;
        this.standalone = start();
    }

    private Standalone start() {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--port", Integer.toString(port)));
        arguments.addAll(settings);
        Standalone started = new Standalone(LaunchOptions.parse(arguments.toArray(String[]::new)));
        started.start();
        started.context().getBean(PipelineClock.class).advance(ahead);
        return started;
    }

    /** A bean of the composition as it runs now. */
    <T> T bean(Class<T> type) {
        return standalone.context().getBean(type);
    }

    @Override
    public String origin(Service service) {
        return "http://" + LoopbackPort.HOST + ":" + port;
    }

    @Override
    public void advance(Duration step) {
        ahead = ahead.plus(step);
        standalone.context().getBean(PipelineClock.class).advance(step);
    }

    @Override
    public void restart() {
        standalone.close();
        standalone = start();
    }

    @Override
    public void close() {
        standalone.close();
    }
}
