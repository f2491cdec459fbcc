package dev.carillon.benchmarks.footprint;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The floor of a service at rest: Spring Boot with a web server on which one path answers, and nothing else. */
public final class EmptyMain {
    private EmptyMain() {}

    public static void main(String[] args) {
        new SpringApplicationBuilder(Empty.class).run(args);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        JettyServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    static class Empty {
        @Bean
        RouterFunction<ServerResponse> readiness() {
            return RouterFunctions.route()
                    .GET(
                            PackagedService.READINESS,
                            request -> ServerResponse.status(HttpStatus.OK).build())
                    .build();
        }
    }
}
