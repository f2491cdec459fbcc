package dev.carillon.benchmarks.email;

import dev.carillon.benchmarks.load.Reporting;
import dev.carillon.benchmarks.load.SinkStatistics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A relay that takes every mail and throws it away: the fastest that a sender can meet. */
public final class SmtpSinkMain {
    private SmtpSinkMain() {}

    public static void main(String[] args) throws IOException {
        SinkStatistics statistics = new SinkStatistics();
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        Thread.ofPlatform().daemon().start(() -> accept(listener, statistics));
        Reporting.ready(listener.getLocalPort() + " " + statistics.serve());
        Reporting.awaitEnd();
    }

    private static void accept(ServerSocket listener, SinkStatistics statistics) {
        try (listener) {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(new SmtpSinkSession(socket, statistics));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the sink no longer accepts", e);
        }
    }
}
