package dev.carillon.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.eclipse.jetty.server.AbstractConnector;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;

class LetSlowRequestsEndTest {
    @Test
    void silenceIsEnduredAsLongWhileTheServerStops() {
        JettyServletWebServerFactory factory = new JettyServletWebServerFactory(0);
        factory.setAddress(InetAddress.getLoopbackAddress());
        factory.addServerCustomizers(server -> ((AbstractConnector) server.getConnectors()[0])
                .setIdleTimeout(Duration.ofSeconds(17).toMillis()));
        new LetSlowRequestsEnd().customize(factory);

        JettyWebServer server = (JettyWebServer) factory.getWebServer();
        server.start();

        assertThat(server.getServer().getConnectors())
                .singleElement()
                .extracting(connector -> ((AbstractConnector) connector).getShutdownIdleTimeout())
                .isEqualTo(17_000L);
        server.stop();
    }
}
