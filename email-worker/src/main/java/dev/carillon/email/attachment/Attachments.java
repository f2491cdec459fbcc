package dev.carillon.email.attachment;

import dev.carillon.platform.outbound.HostLookup;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Attachment;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the files of a mail. A mail is whole or does not go: what may be there later is waited for on the retry tiers,
 * what never will be ends it. A file that many mails bring is fetched once and kept for some minutes. All of it stays
 * within one limit of memory. Safe for all threads.
 */
public final class Attachments implements AutoCloseable {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration ROOM_PATIENCE = Duration.ofSeconds(1);

    private final AttachmentSettings settings;
    private final int copies;
    private final FileFetcher fetcher;
    private final FileMemory memory;
    private final RoomOfRelays relays;
    private final RecentFetches fetches;

    /**
     * @param signed whether mails are signed, which takes more copies of them
     * @param severalRelays whether there are, of which none may have all the memory
     * @throws IllegalArgumentException where the memory is too small for one mail
     */
    public Attachments(AttachmentSettings settings, boolean signed, boolean severalRelays, Clock clock) {
        this(settings, new Kind(signed, severalRelays), clock, HostLookup.system(), null);
    }

    /** What decides how much memory a mail takes, and how much those of one relay may have. */
    record Kind(boolean signed, boolean severalRelays) {}

    /** @param trust whose certificates are trusted; null for those that the Java runtime trusts */
    Attachments(AttachmentSettings settings, Kind kind, Clock clock, HostLookup lookup, @Nullable SSLContext trust) {
        this.settings = settings;
        this.copies = settings.copies(kind.signed());
        this.fetcher = new FileFetcher(settings, lookup, trust);
        this.memory = new FileMemory(settings.memory().toBytes(), KEPT, clock);
        this.relays = new RoomOfRelays(settings.roomOfRelay(kind.signed(), kind.severalRelays()));
        this.fetches =
                new RecentFetches(fetcher, memory, settings, settings.patience().dividedBy(3), clock);
    }

    /**
     * The files of a single notification; a mail that tells several has links in their place.
     *
     * @param relay that the mail goes to
     */
    public Gathered gather(Delivery delivery, String relay) throws InterruptedException {
        List<Attachment> wanted = delivery.notification().content().attachments();
        if (wanted.isEmpty() || delivery.merged()) {
            return Gathered.Files.NONE;
        }
        Used used = new Used(memory, relays, relay);
        boolean whole = false;
        try {
            Gathered gathered = gather(wanted, used);
            whole = gathered instanceof Gathered.Files;
            return gathered;
        } finally {
            if (!whole) {
                used.giveBack();
            }
        }
    }

    private Gathered gather(List<Attachment> wanted, Used used) throws InterruptedException {
        long deadline = System.nanoTime() + settings.patience().toNanos();
        Map<String, CompletableFuture<Fetched>> coming = new HashMap<>();
        wanted.stream()
                .filter(one -> one.content() == null)
                .map(Attachment::url)
                .filter(Objects::nonNull)
                .forEach(url -> coming.computeIfAbsent(url, fetches::fetch));
        long most = settings.maxSize().toBytes();
        long size = 0;
        for (Attachment one : wanted) {
            String content = one.content();
            if (content != null) {
                size += decodedSize(content);
                used.needs(decodedSize(content) * copies);
            } else {
                Gathered failure = take(one, coming, used, deadline);
                if (failure != null) {
                    return failure;
                }
                size += used.lastSize();
                used.needs(used.lastSize() * (copies - 1));
            }
            if (size > most) {
                return new Gathered.Refused("the attachments have more than " + most + " bytes together");
            }
        }
        return used.takeRoom(ROOM_PATIENCE) ? made(wanted, used) : new Gathered.NoRoom();
    }

    /** Null where the file is there, and in use. */
    private @Nullable Gathered take(
            Attachment one, Map<String, CompletableFuture<Fetched>> coming, Used used, long deadline)
            throws InterruptedException {
        String of = "attachment " + MailFile.name(one.name()) + ": ";
        String url = one.url();
        CompletableFuture<Fetched> end = url == null ? null : coming.get(url);
        if (url == null || end == null) {
            return new Gathered.Refused(of + "it has neither address nor content");
        }
        return switch (await(end, deadline)) {
            case Fetched.Content _ -> used.file(url) ? null : new Gathered.NoRoom();
            case Fetched.NotBegun() -> new Gathered.NoRoom();
            case Fetched.Unavailable(String why) -> new Gathered.Unavailable(of + why);
            case Fetched.Refused(String why) -> new Gathered.Refused(of + why);
        };
    }

    private static Gathered made(List<Attachment> wanted, Used used) {
        List<MailFile> files = new ArrayList<>();
        Iterator<Fetched.Content> fetched = used.files().iterator();
        for (Attachment one : wanted) {
            String content = one.content();
            if (content == null) {
                Fetched.Content file = fetched.next();
                files.add(MailFile.of(one, file.bytes(), file.type()));
                continue;
            }
            try {
                files.add(MailFile.of(one, Base64.getDecoder().decode(content), null));
            } catch (IllegalArgumentException e) {
                return new Gathered.Refused("attachment " + MailFile.name(one.name()) + ": its content is no base64");
            }
        }
        return new Gathered.Files(files, used::giveBack);
    }

    /** How many bytes files take now. */
    long memoryTaken() {
        return memory.taken();
    }

    /** At most; padding makes it less. */
    private static long decodedSize(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() * 3L / 4 - padding;
    }

    private static Fetched await(CompletableFuture<Fetched> coming, long deadline) throws InterruptedException {
        try {
            return coming.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Fetched.Unavailable("it is still being fetched");
        } catch (ExecutionException e) {
            return new Fetched.Unavailable("it could not be fetched: " + e.getCause());
        }
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
