package dev.carillon.platform.http;

import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Lets the server compress answers alone. The same handler of Jetty would inflate whatever callers send compressed, without
 * a limit: one byte becomes up to 1,032 (zlib, Technical Details).
 */
public final class InflateNoRequests implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {
    /** Where Spring Boot configures the handler. */
    private static final String CONFIGURED = "/";

    private static final String EVERYTHING = "/*";

    @Override
    public void customize(ConfigurableJettyWebServerFactory factory) {
        factory.addServerCustomizers(
                server -> server.getDescendants(CompressionHandler.class).forEach(InflateNoRequests::restrict));
    }

    private static void restrict(CompressionHandler handler) {
        CompressionConfig configured = handler.getConfiguration(CONFIGURED);
        if (configured == null) {
            throw new IllegalStateException("compression is not configured for " + CONFIGURED);
        }
        CompressionConfig.Builder answers = CompressionConfig.builder().decompressExcludePath(EVERYTHING);
        configured.getCompressIncludeMimeTypes().forEach(answers::compressIncludeMimeType);
        configured.getCompressIncludeMethods().forEach(answers::compressIncludeMethod);
        var _ = handler.putConfiguration(CONFIGURED, answers.build());
    }
}
