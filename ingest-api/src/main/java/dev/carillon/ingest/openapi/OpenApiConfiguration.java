package dev.carillon.ingest.openapi;

import dev.carillon.platform.auth.EndUserSecurity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the OpenAPI document with Swagger UI, both from this origin; calls that are tried go nowhere else either. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {
    private static final int CHAIN_ORDER = 103;
    private static final String FILES = "/openapi/**";
    private static final String SWAGGER = "/openapi/swagger-ui*";
    private static final Duration SWAGGER_CACHED = Duration.ofDays(1);

    /** Open, as its document is public: each call that is tried needs its own credential. */
    @Bean
    @Order(CHAIN_ORDER)
    SecurityFilterChain ingestOpenApiPaths(HttpSecurity http, EndUserSecurity security) throws Exception {
        return security.pages(http.securityMatcher("/openapi", FILES));
    }

    @Bean
    WebMvcConfigurer ingestOpenApiFiles() {
        String swagger = "classpath:/META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + "/";
        return new WebMvcConfigurer() {
            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler(SWAGGER)
                        .addResourceLocations(swagger)
                        .setCacheControl(CacheControl.maxAge(SWAGGER_CACHED));
                registry.addResourceHandler(FILES).addResourceLocations("classpath:/openapi/");
            }

            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                registry.addRedirectViewController("/openapi", "/openapi/");
                registry.addViewController("/openapi/").setViewName("forward:/openapi/index.html");
            }
        };
    }

    /** As the jar itself says it, because its folder is named after it. */
    private static String swaggerVersion() {
        try (InputStream said =
                new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties").getInputStream()) {
            Properties properties = new Properties();
            properties.load(said);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
