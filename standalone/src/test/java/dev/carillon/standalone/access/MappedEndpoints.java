package dev.carillon.standalone.access;

import jakarta.servlet.Servlet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** What a running composition answers, as its own mappings say. */
final class MappedEndpoints {
    private MappedEndpoints() {}

    /** @param path variables stand in braces */
    record Endpoint(String method, String path) implements Comparable<Endpoint> {
        @Override
        public int compareTo(Endpoint other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Endpoint> of(ApplicationContext context) {
        Stream<Endpoint> controllers = context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(MappedEndpoints::endpoints);
        Stream<Endpoint> servlets = context.getBeansOfType(ServletRegistrationBean.class).values().stream()
                .filter(bean -> isOurs(bean.getServlet()))
                .flatMap(bean -> ((ServletRegistrationBean<?>) bean).getUrlMappings().stream())
                .map(path -> new Endpoint("POST", path));
        return Stream.concat(controllers, servlets).distinct().sorted().toList();
    }

    private static boolean isOurs(@Nullable Servlet servlet) {
        return servlet != null && !(servlet instanceof DispatcherServlet);
    }

    private static Stream<Endpoint> endpoints(RequestMappingInfo mapping) {
        List<String> methods = mapping.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::name)
                .toList();
        return mapping.getPatternValues().stream()
                .flatMap(path -> (methods.isEmpty() ? List.of("GET") : methods)
                        .stream().map(method -> new Endpoint(method, path)));
    }
}
