package dev.carillon.standalone.compose;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** The paths that the controllers of each service answer, with sample values for their variables. */
final class Mappings {

    private static final Map<String, String> PACKAGES = Map.of(
            "dev.carillon.ingest", "ingest-api",
            "dev.carillon.inapp", "inapp-worker",
            "dev.carillon.email", "email-worker",
            "dev.carillon.push", "push-worker");

    private Mappings() {}

    /** Path by path, the service that it belongs to. */
    static Map<String, String> all() throws ClassNotFoundException {
        Map<String, String> paths = new TreeMap<>();
        for (Map.Entry<String, String> service : PACKAGES.entrySet()) {
            for (String path : of(service.getKey())) {
                paths.put(path, service.getValue());
            }
        }
        return paths;
    }

    private static Set<String> of(String rootPackage) throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        Set<String> paths = new TreeSet<>();
        for (var candidate : scanner.findCandidateComponents(rootPackage)) {
            Class<?> controller = Class.forName(candidate.getBeanClassName());
            for (Method method : controller.getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    prefixes(controller)
                            .forEach(prefix -> suffixes(mapping).forEach(suffix -> paths.add(sample(prefix + suffix))));
                }
            }
        }
        return paths;
    }

    private static Set<String> prefixes(Class<?> controller) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
        return mapping == null ? Set.of("") : suffixes(mapping);
    }

    private static Set<String> suffixes(RequestMapping mapping) {
        return mapping.path().length == 0 ? Set.of("") : new TreeSet<>(Arrays.asList(mapping.path()));
    }

    private static String sample(String pattern) {
        return pattern.replaceAll("\\{[^}]*}", "x");
    }
}
