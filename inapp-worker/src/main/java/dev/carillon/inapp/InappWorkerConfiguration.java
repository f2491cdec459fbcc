package dev.carillon.inapp;

import dev.carillon.inapp.catalogue.CatalogueConfiguration;
import dev.carillon.inapp.feed.FeedConfiguration;
import dev.carillon.inapp.feed.ReaderConfiguration;
import dev.carillon.inapp.live.LiveConfiguration;
import dev.carillon.inapp.owner.FeedOwnerArgument;
import dev.carillon.inapp.retention.RetentionConfiguration;
import dev.carillon.inapp.ticket.TicketConfiguration;
import dev.carillon.platform.PlatformConfiguration;
import dev.carillon.platform.auth.EndUserAuthConfiguration;
import dev.carillon.platform.auth.EndUserSecurity;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.schemas.Service;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The in-app worker: stores the feed, streams it, and serves the browser client. */
@Configuration(proxyBeanMethods = false)
@Import({
    PlatformConfiguration.class,
    EndUserAuthConfiguration.class,
    TicketConfiguration.class,
    LiveConfiguration.class,
    CatalogueConfiguration.class,
    FeedConfiguration.class,
    ReaderConfiguration.class,
    RetentionConfiguration.class
})
public class InappWorkerConfiguration {
    private static final String FEED = "/api/v1/notifications";
    private static final String OTHER_WS = "/api/v1/ws/notifications";
    private static final Set<String> LIVE = Set.of(FEED + "/stream", FEED + "/ws", OTHER_WS);
    private static final String CLIENT = "/client/**";

    @Bean
    SchemaMigration inappSchema(DataSource database) {
        return SchemaMigration.migrate(database, Service.INAPP_WORKER, "inapp");
    }

    /** The browser client, for everybody; and streams without a token, whose ticket or cookie the controller checks. */
    @Bean
    @Order(300)
    SecurityFilterChain inappOpenPaths(HttpSecurity http, EndUserSecurity security) throws Exception {
        http.securityMatcher(request -> request.getRequestURI().startsWith("/client/")
                || (LIVE.contains(request.getRequestURI()) && request.getHeader(HttpHeaders.AUTHORIZATION) == null));
        return security.stateless(http)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(310)
    SecurityFilterChain inappFeedPaths(HttpSecurity http, EndUserSecurity security) throws Exception {
        return security.chain(http.securityMatcher(FEED, FEED + "/**", OTHER_WS));
    }

    @Bean
    WebMvcConfigurer inappClientFiles() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new FeedOwnerArgument());
            }

            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler(CLIENT)
                        .addResourceLocations("classpath:/client/")
                        .setCacheControl(CacheControl.noCache())
                        .setUseLastModified(false)
                        .setEtagGenerator(new ContentTags());
            }
        };
    }
}
