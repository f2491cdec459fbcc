package dev.carillon.platform.startup;

import dev.carillon.platform.spelling.Spelling;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Refuses the start where the command line or a file of properties names a setting of ours that does not exist. The
 * environment is left out: variables that begin with CARILLON_ may be somebody else's.
 */
final class RefuseUnknownSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    /** One file may serve all services; each checks what is its own. */
    private static final Set<String> SECTIONS_OF_SERVICES = Set.of("email", "inapp", "ingest", "push", "router");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Set<String> given = new TreeSet<>();
        for (PropertySource<?> source : context.getEnvironment().getPropertySources()) {
            if (source instanceof CommandLinePropertySource<?> || source instanceof OriginTrackedMapPropertySource) {
                Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames())
                        .filter(name -> name.startsWith(KnownSettings.PREFIX))
                        .forEach(given::add);
            }
        }
        if (!given.isEmpty()) {
            check(given, KnownSettings.of(classLoaderOf(context)));
        }
    }

    static void check(Set<String> given, KnownSettings known) {
        for (String name : given) {
            if (!known.has(name) && !isOfAnotherService(name, known)) {
                throw new UnknownSettingException(
                        name + " is no setting of Carillon" + Spelling.suggestion(name, known.candidates(name)));
            }
        }
    }

    private static boolean isOfAnotherService(String name, KnownSettings known) {
        String rest = name.substring(KnownSettings.PREFIX.length());
        int end = rest.indexOf('.');
        String section = end < 0 ? rest : rest.substring(0, end);
        return SECTIONS_OF_SERVICES.contains(section) && !known.hasSection(section);
    }

    private static ClassLoader classLoaderOf(ConfigurableApplicationContext context) {
        ClassLoader own = context.getClassLoader();
        return own == null ? RefuseUnknownSettings.class.getClassLoader() : own;
    }
}
