package dev.carillon.platform.http;

import java.util.Arrays;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Lets a caller who is slow to send a request be as slow while the service stops. Jetty would give up on her after a second
 * of silence, though the stop waits for the request far longer. Connections without a request hold up no stop.
 */
public final class LetSlowRequestsEnd implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {
    @Override
    public void customize(ConfigurableJettyWebServerFactory factory) {
        factory.addServerCustomizers(LetSlowRequestsEnd::asAlways);
    }

    private static void asAlways(Server server) {
        Arrays.stream(server.getConnectors())
                .filter(AbstractConnector.class::isInstance)
                .map(AbstractConnector.class::cast)
                .forEach(connector -> connector.setShutdownIdleTimeout(connector.getIdleTimeout()));
    }
}
