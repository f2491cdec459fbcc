package dev.carillon.standalone.compose;

import jakarta.servlet.http.HttpServlet;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
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
import org.springframework.web.bind.annotation.RequestMethod;

/** What the controllers and servlets of each service answer. */
public final class Mappings {
    private static final String STANDALONE = "standalone";
    private static final Map<String, String> PACKAGES = Map.of(
            "dev.carillon.ingest", "ingest-api",
            "dev.carillon.inapp", "inapp-worker",
            "dev.carillon.email", "email-worker",
            "dev.carillon.push", "push-worker",
            "dev.carillon.router", "router-stream",
            "dev.carillon.standalone", STANDALONE);

    private Mappings() {}

    /** One method of one path, whose variables stand in braces. */
    public record Endpoint(String service, String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** Path by path, with sample values for variables, which of the five services it belongs to. */
    static Map<String, String> all() throws ReflectiveOperationException {
        Map<String, String> paths = new TreeMap<>();
        for (Endpoint endpoint : endpoints()) {
            if (!endpoint.service().equals(STANDALONE)) {
                paths.put(endpoint.path().replaceAll("\\{[^}]*}", "x"), endpoint.service());
            }
        }
        return paths;
    }

    /** Those of the five services and of the one that composes them. */
    public static Set<Endpoint> endpoints() throws ReflectiveOperationException {
        Set<Endpoint> endpoints = new HashSet<>();
        for (Map.Entry<String, String> service : PACKAGES.entrySet()) {
            endpoints.addAll(controllers(service.getKey(), service.getValue()));
            endpoints.addAll(servlets(service.getKey(), service.getValue()));
        }
        return endpoints;
    }

    private static Set<Endpoint> controllers(String rootPackage, String service) throws ClassNotFoundException {
        Set<Endpoint> endpoints = new HashSet<>();
        for (Class<?> controller : find(rootPackage, new AnnotationTypeFilter(Controller.class))) {
            for (Method method : controller.getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    for (String prefix : prefixes(controller)) {
                        for (String suffix : suffixes(mapping)) {
                            for (RequestMethod verb : mapping.method()) {
                                endpoints.add(new Endpoint(service, verb.name(), prefix + suffix));
                            }
                        }
                    }
                }
            }
        }
        return endpoints;
    }

    /** A servlet of ours says its path in a constant of this name, and takes what is posted. */
    private static Set<Endpoint> servlets(String rootPackage, String service) throws ReflectiveOperationException {
        Set<Endpoint> endpoints = new HashSet<>();
        for (Class<?> servlet : find(rootPackage, new AssignableTypeFilter(HttpServlet.class))) {
            Field path = servlet.getDeclaredField("PATH");
            path.setAccessible(true);
            endpoints.add(new Endpoint(service, "POST", String.valueOf(path.get(null))));
        }
        return endpoints;
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
}
