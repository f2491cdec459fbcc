package dev.carillon.standalone.compose;

import dev.carillon.embedded.LoopbackPort;
import dev.carillon.standalone.Standalone;
import dev.carillon.standalone.launch.LaunchOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What {@code ./carillon} starts, once for all test classes of this JVM that ask for it; they share its data. It ends with
 * the JVM, not with a store of JUnit's: where tests have several JVMs, each class is a run of its own.
 */
public final class SharedCarillon implements BeforeAllCallback, ParameterResolver {
    private static final int PORT = LoopbackPort.choose(0);

    public static final String ORIGIN = "http://127.0.0.1:" + PORT;

    private static @Nullable Standalone shared;

    @Override
    public void beforeAll(ExtensionContext context) {
        var _ = standalone();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Standalone.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return standalone();
    }

    private static synchronized Standalone standalone() {
        if (shared == null) {
            Standalone starting = new Standalone(LaunchOptions.parse("--ephemeral", "--port", Integer.toString(PORT)));
            Runtime.getRuntime().addShutdownHook(new Thread(starting::close, "stop-shared-carillon"));
            starting.start();
            shared = starting;
        }
        return shared;
    }
}
