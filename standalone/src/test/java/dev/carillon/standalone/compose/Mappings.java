package dev.carillon.standalone.compose;

import jakarta.servlet.http.HttpServlet;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** The paths that the controllers and servlets of each service answer, with sample values for their variables. */
final class Mappings {

    private static final Map<String, String> PACKAGES = Map.of(
            "dev.carillon.ingest", "ingest-api",
            "dev.carillon.inapp", "inapp-worker",
            "dev.carillon.email", "email-worker",
            "dev.carillon.push", "push-worker");

    private Mappings() {}

    /** Path by path, the service that it belongs to. */
    static Map<String, String> all() throws ReflectiveOperationException {
        Map<String, String> paths = new TreeMap<>();
        for (Map.Entry<String, String> service : PACKAGES.entrySet()) {
            controllers(service.getKey()).forEach(path -> paths.put(path, service.getValue()));
            servlets(service.getKey()).forEach(path -> paths.put(path, service.getValue()));
        }
        return paths;
    }

    private static Set<String> controllers(String rootPackage) throws ClassNotFoundException {
        Set<String> paths = new TreeSet<>();
        for (Class<?> controller : find(rootPackage, new AnnotationTypeFilter(Controller.class))) {
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

    /** A servlet of ours says its path in a constant of this name. */
    private static Set<String> servlets(String rootPackage) throws ReflectiveOperationException {
        Set<String> paths = new TreeSet<>();
        for (Class<?> servlet : find(rootPackage, new AssignableTypeFilter(HttpServlet.class))) {
            Field path = servlet.getDeclaredField("PATH");
            path.setAccessible(true);
            paths.add(String.valueOf(path.get(null)));
        }
        return paths;
    }

    private static List<Class<?>> find(String rootPackage, TypeFilter filter) throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(filter);
        List<Class<?>> found = new ArrayList<>();
        for (var candidate : scanner.findCandidateComponents(rootPackage)) {
            found.add(Class.forName(candidate.getBeanClassName()));
        }
        return found;
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
