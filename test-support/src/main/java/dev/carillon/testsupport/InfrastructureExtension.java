package dev.carillon.testsupport;

import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test methods and constructors a {@link TestDatabase} (one per test class), a {@link TopicPrefix} (one per test
 * method that asks for it, one per class for constructors) and a {@link TopicProbe} on the shared broker.
 */
public final class InfrastructureExtension implements ParameterResolver {

    private static final Namespace OURS = Namespace.create(InfrastructureExtension.class);
    private static final Set<Class<?>> KNOWN = Set.of(TestDatabase.class, TopicPrefix.class, TopicProbe.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return KNOWN.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == TestDatabase.class) {
            String key = "database of " + context.getRequiredTestClass().getName();
            return context.getRoot()
                    .getStore(OURS)
                    .computeIfAbsent(key, k -> TestInfrastructure.freshDatabase(), TestDatabase.class);
        }
        if (type == TopicPrefix.class) {
            return context.getStore(OURS)
                    .computeIfAbsent(
                            "prefix", k -> new TopicPrefix(TestInfrastructure.freshTopicPrefix()), TopicPrefix.class);
        }
        return new TopicProbe(TestInfrastructure.bootstrapServers());
    }
}
