package dev.carillon.benchmarks.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The floor of HTTP: reads a request and answers 202 with as many bytes as ingest does, on the JDK's own server. */
public final class AnswerMain {
    private static final byte[] ANSWER = new byte[90];

    private AnswerMain() {}

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", AnswerMain::answer);
        server.start();
        Reporting.ready(server.getAddress().getPort());
        Reporting.awaitEnd();
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var _ = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(202, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
    }
}
