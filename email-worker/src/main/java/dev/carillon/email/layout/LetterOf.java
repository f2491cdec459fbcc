package dev.carillon.email.layout;

import dev.carillon.email.attachment.MailFile;
import dev.carillon.email.layout.Letter.Button;
import dev.carillon.email.layout.Letter.Entry;
import dev.carillon.email.layout.Letter.Group;
import dev.carillon.email.layout.Letter.Topic;
import dev.carillon.email.tracking.TrackedLinks;
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
    private final Grouping grouping;
    private final Locale defaultLocale;

    LetterOf(PublicOrigin origin, Locale defaultLocale) {
        this.origin = origin;
        this.grouping = new Grouping(origin);
        this.defaultLocale = defaultLocale;
    }

    /** @param brought the files that the mail brings */
    Letter read(Delivery delivery, TrackedLinks links, List<MailFile> brought) {
        Locale locale = locale(delivery.address().locale());
        Words words = Words.in(locale);
        Notification head = delivery.notification();
        String headline = headline(delivery, words);
        List<Group> groups = delivery.merged()
                ? grouping.of(delivery.items(), item -> entry(item, links, words, null))
                : List.of(new Group(null, List.of(new Topic(null, null, List.of(entry(head, links, words, brought))))));
        return new Letter(
                firstOf(head.content().subject(), headline),
                headline,
                groups,
                delivery.merged(),
                delivery.more(),
                head.labels().level(),
                locale);
    }

    /** @param brought null where the mail tells of others too */
    private Entry entry(Notification notification, TrackedLinks links, Words words, @Nullable List<MailFile> brought) {
        Content content = notification.content();
        String url = tracked(content.actionUrl(), notification, links);
        List<Button> buttons = new ArrayList<>();
        if (brought != null && url != null) {
            buttons.add(new Button(words.open(), url));
        }
        for (Action action : content.actions()) {
            String target = tracked(action.url(), notification, links);
            if (target != null && buttons.size() < BUTTONS) {
                buttons.add(new Button(action.label(), target));
            }
        }
        return new Entry(
                firstOf(content.title(), words.notification()),
                content.body(),
                url,
                buttons,
                origin.picture(content.image()),
                notification.labels().level(),
                brought == null ? List.of() : pictures(brought),
                brought == null ? files(content) : List.of());
    }

    private @Nullable String tracked(@Nullable String link, Notification notification, TrackedLinks links) {
        String url = origin.resolve(link);
        return url == null ? null : links.to(notification, url);
    }

    private static List<String> pictures(List<MailFile> brought) {
        return brought.stream().filter(MailFile::inline).map(MailFile::name).toList();
    }

    private List<Letter.File> files(Content content) {
        return content.attachments().stream()
                .map(file -> new Letter.File(file.name(), origin.picture(file.url())))
                .toList();
    }

    private static String headline(Delivery delivery, Words words) {
        String otherwise = delivery.merged()
                ? words.notifications(delivery.items().size() + delivery.more())
                : words.notification();
        String title = firstOf(delivery.notification().content().title(), otherwise);
        return delivery.merged() ? words.greeting(delivery.digest(), title) : title;
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
