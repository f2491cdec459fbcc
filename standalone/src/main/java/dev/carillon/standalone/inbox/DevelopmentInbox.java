package dev.carillon.standalone.inbox;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Clock;
import org.springframework.context.SmartLifecycle;

/** An SMTP server on the loopback that accepts everything; it starts before whoever sends and stops after them. */
final class DevelopmentInbox implements SmartLifecycle {

    private static final int BEFORE_EVERYTHING = -100;

    private final GreenMail server;

    DevelopmentInbox(int port, CaughtMails mails, Clock clock) {
        this.server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.getUserManager().setAuthRequired(false);
        server.getUserManager().setMessageDeliveryHandler((message, address) -> new CatchAll(address, mails, clock));
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public boolean isRunning() {
        return server.isRunning();
    }

    @Override
    public int getPhase() {
        return BEFORE_EVERYTHING;
    }
}
