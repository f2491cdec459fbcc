package dev.carillon.email.layout;

import dev.carillon.email.tracking.Tracker;
import dev.carillon.email.unsubscribe.UnsubscribeLinks;

/** What makes the links of mails that lead to us. */
public record MailLinks(UnsubscribeLinks unsubscribe, Tracker tracker) {}
