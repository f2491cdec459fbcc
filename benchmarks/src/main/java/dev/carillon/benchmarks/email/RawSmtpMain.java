package dev.carillon.benchmarks.email;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.load.Arguments;
import dev.carillon.benchmarks.load.Reporting;
import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.email.layout.LayoutSettings;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.SenderSettings;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.Channel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The floor of e-mail: hands the same ready-made mail over, again and again, over kept-open sessions. */
public final class RawSmtpMain {
    private final int port;
    private final byte[] mail;

    private RawSmtpMain(int port) {
        this.port = port;
        this.mail = mail();
    }

    public static void main(String[] args) throws InterruptedException {
        Arguments arguments = Arguments.parse(args);
        RawSmtpMain floor = new RawSmtpMain(arguments.number("port"));
        int connections = arguments.number("connections");
        int count = arguments.number("count");
        floor.send(connections, count / 4);
        Reporting.measuring();
        long start = System.nanoTime();
        floor.send(connections, count);
        Reporting.result(Map.of("count", count, "seconds", (System.nanoTime() - start) / 1e9));
    }

    /** One as the worker makes them. */
    private static byte[] mail() {
        Instant now = MachineClock.now();
        return new MailComposer(
                        SenderSettings.of("carillon@example.org", "Carillon", null, null),
                        LayoutSettings.of("Carillon", null, "en", null),
                        Clock.fixed(now, ZoneOffset.UTC))
                .compose(Samples.delivery(Channel.EMAIL, "floor", "r0", now, 1), MailAddress.parse("r0@example.org"));
    }

    private void send(int connections, int count) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(count);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofVirtual().start(() -> session(left)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void session(AtomicInteger left) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = socket.getOutputStream();
            expect(in, "220");
            ask(in, out, "EHLO localhost\r\n", "250");
            while (left.getAndDecrement() > 0) {
                ask(in, out, "MAIL FROM:<carillon@example.org>\r\n", "250");
                ask(in, out, "RCPT TO:<r0@example.org>\r\n", "250");
                ask(in, out, "DATA\r\n", "354");
                out.write(mail);
                ask(in, out, ".\r\n", "250");
            }
            ask(in, out, "QUIT\r\n", "221");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ask(BufferedReader in, OutputStream out, String command, String code) throws IOException {
        out.write(command.getBytes(StandardCharsets.US_ASCII));
        expect(in, code);
    }

    private static void expect(BufferedReader in, String code) throws IOException {
        String line = in.readLine();
        while (line != null && line.startsWith(code + "-")) {
            line = in.readLine();
        }
        if (line == null || !line.startsWith(code)) {
            throw new IOException("expected " + code + ", not " + line);
        }
    }
}
