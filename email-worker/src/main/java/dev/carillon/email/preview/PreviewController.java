package dev.carillon.email.preview;

import dev.carillon.email.catalogue.About;
import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.Senders;
import dev.carillon.email.smtp.Envelope;
import dev.carillon.email.smtp.Relays;
import dev.carillon.email.smtp.SmtpReply;
import dev.carillon.email.smtp.SmtpResult;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.type.NotificationType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows operators what a mail of a type looks like, and sends one to an address of theirs. Neither tells anybody else. */
@RestController
@RequestMapping("/api/v1/email")
final class PreviewController {
    private static final int CACHED = 50;

    private final MailComposer composer;
    private final Senders senders;
    private final MailTypes types;
    private final Relays relays;
    private final Clock clock;
    private final RenderContent render = new RenderContent(CACHED);

    PreviewController(MailComposer composer, Senders senders, MailTypes types, Relays relays, Clock clock) {
        this.composer = composer;
        this.senders = senders;
        this.types = types;
        this.relays = relays;
        this.clock = clock;
    }

    /**
     * A mail as mail programs show it, and as it travels.
     *
     * @param source the whole message
     */
    record Preview(String subject, String html, String text, String source) {}

    /** @param reply the relay's words */
    record Sent(String to, String reply) {}

    @PostMapping(path = "/preview", consumes = "application/json")
    Preview preview(@RequestBody Sample sample) {
        Delivery delivery = sample.delivery(known(sample.type()), null, render, clock.instant());
        MailComposer.Parts parts = composer.parts(delivery);
        byte[] source = composer.compose(delivery, new MailAddress("reader", "example.org"));
        return new Preview(parts.subject(), parts.html(), parts.text(), new String(source, StandardCharsets.UTF_8));
    }

    /** Past the ledger, suppressions and preferences: whoever may call this has chosen the address. */
    @PostMapping(path = "/test", consumes = "application/json")
    Sent test(@RequestParam String to, @RequestBody Sample sample) {
        if (!relays.isConfigured()) {
            throw ProblemException.of(HttpStatus.NOT_FOUND, "email_not_configured", "no relay is configured");
        }
        MailAddress address = address(to);
        Delivery delivery = sample.delivery(known(sample.type()), address.toString(), render, clock.instant());
        About about = About.of(delivery);
        Envelope envelope = senders.envelope(about.type(), address);
        byte[] message = composer.compose(delivery, address);
        return switch (relays.sendNow(envelope, message, about.type(), about.category())) {
            case SmtpResult.Accepted(SmtpReply reply) -> new Sent(address.toString(), reply.toString());
            case SmtpResult.Deferred(SmtpResult.Step _, SmtpReply reply) -> throw refused(reply.toString());
            case SmtpResult.Refused(SmtpResult.Step _, SmtpReply reply) -> throw refused(reply.toString());
            case SmtpResult.Unsupported(SmtpResult.Missing _, String reason) -> throw refused(reason);
            case SmtpResult.Unreachable(SmtpResult.Obstacle _, String reason) -> throw refused(reason);
            case SmtpResult.Uncertain(String reason) -> throw refused("it may have been taken: " + reason);
            case SmtpResult.Withdrawn() -> throw refused("it was withdrawn");
        };
    }

    private @Nullable NotificationType known(@Nullable String type) {
        if (type == null) {
            return null;
        }
        NotificationType known = types.find(type);
        if (known == null) {
            throw ProblemException.invalid("type", "unknown_type", "the catalogue has no such type");
        }
        return known;
    }

    private static MailAddress address(String to) {
        try {
            return MailAddress.parse(to.strip());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(
                    HttpStatus.BAD_REQUEST, "invalid_parameter", "to: " + String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException refused(String why) {
        return ProblemException.of(HttpStatus.BAD_GATEWAY, "relay_refused", "the relay did not take it: " + why);
    }
}
