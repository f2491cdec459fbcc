package dev.carillon.testsupport.smtp;

import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.FakeRelay.Received;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One session of the fake relay. */
final class FakeSession {

    private final FakeRelay relay;
    private Socket socket;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean overTls;
    private String sender = "";
    private String recipient = "";

    FakeSession(FakeRelay relay, Socket socket) {
        this.relay = relay;
        this.socket = socket;
    }

    void run() throws IOException {
        if (relay.tlsFromTheFirstByte()) {
            secure();
        } else {
            streams();
        }
        boolean open = react(On.GREETING, "", "220 fake.test ESMTP");
        while (open) {
            String line = readLine();
            if (line == null || line.equals("QUIT")) {
                return;
            }
            relay.heard(line);
            open = handle(line);
        }
    }

    private boolean handle(String line) throws IOException {
        String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        return switch (verb) {
            case "EHLO" -> react(On.EHLO, line, greetingLines());
            case "STARTTLS" -> react(On.STARTTLS, line, "220 go ahead") && secure();
            case "AUTH" -> react(On.AUTH, line, "235 2.7.0 welcome");
            case "MAIL" -> mail(line);
            case "RCPT" -> recipient(line);
            case "DATA" -> data(line);
            case "RSET" -> {
                sender = "";
                recipient = "";
                yield react(On.RSET, line, "250 2.0.0 reset");
            }
            case "NOOP" -> react(On.NOOP, line, "250 2.0.0 here");
            default -> answer("500 5.5.1 unknown command");
        };
    }

    private boolean mail(String line) throws IOException {
        if (!sender.isEmpty()) {
            return answer("503 5.5.1 nested MAIL command");
        }
        Reaction reaction = relay.scripted(On.MAIL, line);
        if (reaction == null) {
            sender = address(line);
        }
        return perform(reaction, "250 2.1.0 sender fine");
    }

    private boolean recipient(String line) throws IOException {
        if (sender.isEmpty()) {
            return answer("503 5.5.1 MAIL first");
        }
        Reaction reaction = relay.scripted(On.RCPT, line);
        if (reaction == null) {
            recipient = address(line);
        }
        return perform(reaction, "250 2.1.5 recipient fine");
    }

    private boolean data(String line) throws IOException {
        Reaction reaction = relay.scripted(On.DATA, line);
        if (reaction == null && recipient.isEmpty()) {
            return answer("554 5.5.1 no valid recipients");
        }
        boolean wantsContent =
                reaction == null || (reaction instanceof Reaction.Answer(String lines) && lines.startsWith("354"));
        return perform(reaction, "354 end with a dot") && (!wantsContent || content());
    }

    private boolean content() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        if (relay.scripted(On.WITHIN, recipient) instanceof Reaction.Drop) {
            contentLine();
            return false;
        }
        for (String line = contentLine(); !line.equals("."); line = contentLine()) {
            content.writeBytes((line.startsWith(".") ? line.substring(1) : line).getBytes(StandardCharsets.UTF_8));
            content.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        if (recipient.isEmpty()) {
            return answer("554 5.5.1 no valid recipients");
        }
        Reaction reaction = relay.scripted(On.CONTENT, recipient);
        boolean taken = switch (reaction) {
            case null -> true;
            case Reaction.Drop() -> true;
            case Reaction.Stall() -> true;
            case Reaction.Hesitate _ -> true;
            case Reaction.AnswerLater _ -> true;
            case Reaction.Answer _ -> false;
            case Reaction.AnswerAndDrop _ -> false;
        };
        if (taken) {
            relay.keep(new Received(sender, recipient, content.toString(StandardCharsets.UTF_8), overTls));
        }
        sender = "";
        recipient = "";
        return perform(reaction, "250 2.0.0 queued");
    }

    private boolean react(On event, String argument, String friendly) throws IOException {
        return perform(relay.scripted(event, argument), friendly);
    }

    private boolean perform(@Nullable Reaction scripted, String friendly) throws IOException {
        return switch (scripted) {
            case null -> answer(friendly);
            case Reaction.Answer(String lines) -> answer(lines);
            case Reaction.AnswerAndDrop(String lines) -> {
                answer(lines);
                yield false;
            }
            case Reaction.Drop() -> false;
            case Reaction.Hesitate(Duration pause) -> !relay.closesWithin(pause) && answer(friendly);
            case Reaction.Stall() -> {
                relay.awaitClosing();
                yield false;
            }
            case Reaction.AnswerLater(CountDownLatch gate) -> await(gate) && answer(friendly);
        };
    }

    private static boolean await(CountDownLatch gate) {
        try {
            gate.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean answer(String lines) throws IOException {
        out.write((lines + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return true;
    }

    private String greetingLines() {
        List<String> names = relay.extensions();
        StringBuilder lines = new StringBuilder("250-fake.test");
        for (int i = 0; i < names.size(); i++) {
            boolean last = i == names.size() - 1;
            if (!(overTls && names.get(i).equals("STARTTLS"))) {
                lines.append("\r\n250-").append(names.get(i));
            }
            if (last) {
                lines.append("\r\n250 HELP");
            }
        }
        return names.isEmpty() ? "250 fake.test" : lines.toString();
    }

    private boolean secure() throws IOException {
        SSLSocket secured = (SSLSocket) Objects.requireNonNull(relay.tls())
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        socket = secured;
        overTls = true;
        streams();
        return true;
    }

    private void streams() throws IOException {
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    private static String address(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private String contentLine() throws IOException {
        String line = readLine();
        if (line == null) {
            throw new EOFException("the client went away inside the content");
        }
        return line;
    }

    private @Nullable String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                return null;
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
