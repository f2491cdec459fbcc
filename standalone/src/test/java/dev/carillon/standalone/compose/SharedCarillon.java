package dev.carillon.standalone.compose;

import dev.carillon.embedded.LoopbackPort;
import dev.carillon.standalone.Standalone;
import dev.carillon.standalone.launch.LaunchOptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What {@code ./carillon} starts, once for all test classes of this JVM that ask for it; they share its data. */
public final class SharedCarillon implements BeforeAllCallback, ParameterResolver {
    private static final int PORT = LoopbackPort.choose(0);

    public static final String ORIGIN = "http://127.0.0.1:" + PORT;

    @Override
    public void beforeAll(ExtensionContext context) {
        standalone(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Standalone.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return standalone(context);
    }

    private static Standalone standalone(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedCarillon.class))
                .computeIfAbsent(Standalone.class, type -> start(), Standalone.class);
    }

    private static Standalone start() {
        Standalone started = new Standalone(LaunchOptions.parse("--ephemeral", "--port", Integer.toString(PORT)));
        started.start();
        return started;
    }
}
