package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Nature;
import dev.carillon.guarantees.promise.TakenBack;
import dev.carillon.schemas.Channel;
import dev.carillon.testsupport.smtp.FakeRelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The upstream service of one group, one request after the other: events of every kind for some, for all, several at once,
 * again, cancelled, and changed settings in between. What is not answered with 202 is sent again with the same id until it
 * is.
 */
final class Sender {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
    private static final Duration BETWEEN_QUIET_HOURS = Duration.ofMinutes(3);
    private static final Duration FAR_AHEAD = Duration.ofHours(1);
    private static final int REMEMBERED = 50;

    /** Mails that wait for the end of quiet hours: her one mail has room for a hundred, and others write to her too. */
    private static final int MOST_WAITING = 70;

    private final int group;
    private final Crowd crowd;
    private final Door door;
    private final Supplier<List<FakeRelay.Received>> mails;
    private final Clock clock;
    private final RandomGenerator random;
    private final Posts posts;
    private final Progress progress;
    private final Cancelling cancelling;
    private final List<Post> earlier = new ArrayList<>();
    private Instant quietUntil = Instant.MIN;
    private int waiting;

    /** @param mails that the relay has got so far, whoever they are for */
    Sender(
            int group,
            Crowd crowd,
            Door door,
            Supplier<List<FakeRelay.Received>> mails,
            Clock clock,
            RandomGenerator random) {
        this.mails = mails;
        this.group = group;
        this.crowd = crowd;
        this.door = door;
        this.clock = clock;
        this.random = random;
        this.posts = new Posts(group, crowd);
        this.progress = new Progress(posts, this::some);
        this.cancelling = new Cancelling(random);
    }

    /** Sends one request of a random kind. */
    void step() throws InterruptedException {
        posts.nextTurn();
        TakenBack cancel = cancelling.next(clock.instant());
        int kind = random.nextInt(100);
        if (cancel != null) {
            door.cancel(cancel);
        } else if (kind < 3) {
            switchMails();
        } else if (kind < 10 && !earlier.isEmpty()) {
            door.repeat(earlier.get(random.nextInt(earlier.size())));
        } else if (kind < 18) {
            publish(List.of(news(toAll())));
        } else if (kind < 30) {
            List<Post> several = new ArrayList<>();
            for (int i = random.nextInt(2, 6); i > 0; i--) {
                several.add(news(toSome()));
            }
            publish(several);
        } else if (kind < 55) {
            publish(List.of(news(toSome())));
        } else {
            publish(List.of(special(kind)));
        }
    }

    /** Sets quiet hours that end within some seconds more than a minute, unless there were some a while ago. */
    void quieten() throws InterruptedException {
        Instant now = clock.instant();
        if (now.isBefore(quietUntil.plus(BETWEEN_QUIET_HOURS))) {
            return;
        }
        quietUntil = now.plusSeconds(75).truncatedTo(ChronoUnit.MINUTES);
        waiting = 0;
        Map<String, String> window = Map.of(
                "start", MINUTES.format(now.minusSeconds(3_600)),
                "end", MINUTES.format(quietUntil));
        door.prefer(of(Person.Kind.QUIET), Map.of("time_zone", "UTC", "quiet_hours", List.of(window)));
    }

    /**
     * Each switches once: what was accepted after the answer is governed by it, and what was accepted before may be, since a
     * setting can overtake events.
     */
    private void switchMails() throws InterruptedException {
        for (Person person : crowd.group(group)) {
            if (person.switches(EventKind.NEWS) && !posts.hasSwitched(person) && hasSwitched(person)) {
                posts.switched(person);
                return;
            }
        }
    }

    /** False where she cannot yet: she has got no mail. */
    private boolean hasSwitched(Person person) throws InterruptedException {
        if (person.kind() != Person.Kind.UNSUBSCRIBES) {
            door.prefer(person, Map.of("channels", Map.of("email", person.kind() == Person.Kind.SWITCHES_ON)));
            return true;
        }
        Optional<String> link = MailLinks.toStop(person, EventKind.NEWS, mails.get());
        if (link.isPresent()) {
            door.stopMails(link.get());
        }
        return link.isPresent();
    }

    private Post news(Posts.To to) {
        return posts.event(EventKind.NEWS, to, Map.of(), new Nature.Plain());
    }

    /** @param kind from 55 to 99 */
    private Post special(int kind) {
        // The router knows milliseconds.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (kind < 67) {
            Map<String, ?> topic = Map.of("data", Map.of("topic", random.nextInt(2)));
            return posts.event(EventKind.BATCH, toSome(), topic, new Nature.Plain());
        } else if (kind < 75) {
            Instant mailAt = now.plus(EventKind.MAIL_AFTER);
            return posts.event(EventKind.ESCALATION, toSome(), Map.of(), new Nature.Escalating(mailAt));
        } else if (kind < 84) {
            return reminder(now);
        } else if (kind < 92) {
            return progress.next();
        } else if (kind < 96) {
            return posts.event(EventKind.OFFER, toSome(), Map.of(), new Nature.Capped());
        } else {
            return message();
        }
    }

    private Post reminder(Instant now) {
        Instant deliverAt = now.plusMillis(random.nextInt(2_000, 10_000));
        Map<String, Object> times = new HashMap<>();
        times.put("deliver_at", deliverAt.toString());
        if (random.nextBoolean()) {
            times.put("expires_at", deliverAt.plus(FAR_AHEAD).toString());
        }
        Posts.To to = random.nextInt(4) == 0 ? toAll() : toSome();
        Post post = posts.event(EventKind.REMINDER, to, times, new Nature.Later(deliverAt));
        cancelling.mayCancel(post.event(), deliverAt);
        return post;
    }

    private Post message() {
        List<Person> all = crowd.group(group);
        int author = random.nextInt(all.size());
        int other = (author + random.nextInt(1, all.size())) % all.size();
        return random.nextInt(4) == 0
                ? posts.messageToAll(all.get(author))
                : posts.message(all.get(author), all.get(other));
    }

    private Posts.To toSome() {
        return Posts.To.some(some());
    }

    private Posts.To toAll() {
        return hasRoom() ? Posts.To.all(group, crowd) : toSome();
    }

    /** Whether whoever has quiet hours may be told more. */
    private boolean hasRoom() {
        return waiting < MOST_WAITING || !clock.instant().isBefore(quietUntil);
    }

    private Set<Person> some() {
        Set<Person> some = new LinkedHashSet<>();
        List<Person> all = crowd.group(group);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            Person person = all.get(random.nextInt(all.size()));
            if (person.kind() != Person.Kind.QUIET || (random.nextInt(3) == 0 && hasRoom())) {
                some.add(person);
            }
        }
        if (some.isEmpty()) {
            some.add(all.getFirst());
        }
        return some;
    }

    private Person of(Person.Kind kind) {
        return crowd.group(group).stream()
                .filter(person -> person.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private void publish(List<Post> some) throws InterruptedException {
        String quiet = of(Person.Kind.QUIET).id();
        for (Post post : some) {
            if (post.event().targets().getOrDefault(quiet, Set.of()).contains(Channel.EMAIL)) {
                waiting++;
            }
        }
        door.publish(some);
        earlier.addAll(some);
        while (earlier.size() > REMEMBERED) {
            earlier.removeFirst();
        }
    }
}
