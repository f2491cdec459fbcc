package dev.carillon.email.layout;

import dev.carillon.email.layout.Letter.Button;
import dev.carillon.email.layout.Letter.Entry;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Action;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.notification.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what a delivery says, in the recipient's language where the delivery leaves words to us. */
final class LetterOf {

    /** As many as fit on a screen; further ones are counted. */
    private static final int BUTTONS = 4;

    private final PublicOrigin origin;
    private final Locale defaultLocale;

    LetterOf(PublicOrigin origin, Locale defaultLocale) {
        this.origin = origin;
        this.defaultLocale = defaultLocale;
    }

    Letter read(Delivery delivery) {
        Locale locale = locale(delivery.address().locale());
        Words words = Words.in(locale);
        Notification head = delivery.notification();
        String headline = headline(delivery, words);
        String subject = firstOf(head.content().subject(), headline);
        return new Letter(
                subject,
                headline,
                entries(delivery, words),
                delivery.more(),
                head.labels().levelOrDefault(),
                locale);
    }

    private List<Entry> entries(Delivery delivery, Words words) {
        if (!delivery.merged()) {
            return List.of(entry(delivery.notification().content(), words, true));
        }
        List<Entry> entries = new ArrayList<>(delivery.items().size());
        for (Notification item : delivery.items()) {
            entries.add(entry(item.content(), words, false));
        }
        return entries;
    }

    private Entry entry(Content content, Words words, boolean alone) {
        String url = origin.resolve(content.actionUrl());
        List<Button> buttons = new ArrayList<>();
        if (alone && url != null) {
            buttons.add(new Button(words.open(), url));
        }
        for (Action action : content.actions()) {
            String target = origin.resolve(action.url());
            if (target != null && buttons.size() < BUTTONS) {
                buttons.add(new Button(action.label(), target));
            }
        }
        String title = firstOf(content.title(), words.notification());
        return new Entry(title, content.body(), url, buttons, origin.picture(content.image()));
    }

    private static String headline(Delivery delivery, Words words) {
        String otherwise = delivery.merged()
                ? words.notifications(delivery.items().size() + delivery.more())
                : words.notification();
        return firstOf(delivery.notification().content().title(), otherwise);
    }

    private Locale locale(@Nullable String tag) {
        if (tag == null || tag.isBlank()) {
            return defaultLocale;
        }
        Locale locale = Locale.forLanguageTag(tag.replace('_', '-'));
        return locale.getLanguage().isEmpty() ? defaultLocale : locale;
    }

    private static String firstOf(@Nullable String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text;
    }
}
