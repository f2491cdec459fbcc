package dev.carillon.benchmarks.push;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.load.Arguments;
import dev.carillon.benchmarks.load.Reporting;
import dev.carillon.benchmarks.load.SinkStatistics;
import dev.carillon.schemas.Json;
import dev.carillon.testsupport.webpush.PushDevice;
import dev.carillon.testsupport.webpush.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A push service over TLS and HTTP/2 that takes every message and throws it away, or decrypts it first to see how late it
 * is. Writes its certificate and its devices into a directory.
 */
public final class PushSinkMain {
    static final String CERTIFICATE = "certificate.pem";
    static final String DEVICES = "devices.json";

    private PushSinkMain() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        Path directory = Path.of(arguments.text("directory"));
        TestCertificate certificate = new TestCertificate(MachineClock.clock());
        byte[] encoded = certificate.keyStore().getCertificate("localhost").getEncoded();
        Files.writeString(
                directory.resolve(CERTIFICATE),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                        + "\n-----END CERTIFICATE-----\n");
        SinkStatistics statistics = new SinkStatistics();
        List<PushDevice> devices = new ArrayList<>();
        Server server = server(certificate);
        server.setHandler(new PushSinkHandler(statistics, devices, arguments.number("decrypt", 0) == 1));
        server.start();
        String origin = "https://localhost:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        for (int i = 0; i < arguments.number("devices"); i++) {
            devices.add(new PushDevice(origin + "/" + i));
        }
        Files.writeString(
                directory.resolve(DEVICES),
                new String(
                        Json.write(devices.stream()
                                .map(device -> Map.of("json", device.subscriptionJson(), "endpoint", device.endpoint()))
                                .toList()),
                        StandardCharsets.UTF_8));
        Reporting.ready(origin + " " + statistics.serve());
        Reporting.awaitEnd();
        server.stop();
    }

    private static Server server(TestCertificate certificate) {
        QueuedThreadPool threads = new QueuedThreadPool(16, 2);
        threads.setDaemon(true);
        Server server = new Server(threads);
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(certificate.keyStore());
        tls.setKeyStorePassword("test");
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false));
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(256);
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        return server;
    }
}
