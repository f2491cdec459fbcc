package dev.carillon.guarantees.promise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An event is told in one mail and one push. The same mail may arrive twice, never three times, and in all no more mails and
 * pushes may be repeated than were in flight when something was killed. A repeated push replaces itself: same tag, same
 * topic.
 */
public final class AtMostDoubled implements Guarantee {

    private final long mailsInFlight;
    private final long pushesInFlight;
    private final Map<String, Integer> mails = new HashMap<>();
    private final Map<String, Integer> pushes = new HashMap<>();
    private final Map<String, Set<String>> mailsAbout = new HashMap<>();
    private final Map<String, Set<String>> pushesAbout = new HashMap<>();
    private final Map<String, Set<String>> tags = new HashMap<>();

    /** @param mailsInFlight how many hand-overs could have been under way when a fault hit, all faults together */
    public AtMostDoubled(long mailsInFlight, long pushesInFlight) {
        this.mailsInFlight = mailsInFlight;
        this.pushesInFlight = pushesInFlight;
    }

    @Override
    public void mailed(Mailed mail) {
        mails.merge(mail.messageId(), 1, Integer::sum);
        mail.tokens().forEach(token -> add(mailsAbout, mail.recipient() + ' ' + token, mail.messageId()));
    }

    @Override
    public void pushed(Pushed push) {
        String key = push.recipient() + ' ' + push.id();
        pushes.merge(key, 1, Integer::sum);
        add(tags, key, push.tag() + " under " + push.topic());
        push.tokens().forEach(token -> add(pushesAbout, push.recipient() + ' ' + token, push.id()));
    }

    public long doubledMails() {
        return repeated(mails);
    }

    public long doubledPushes() {
        return repeated(pushes);
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        mails.forEach((mail, count) -> {
            if (count > 2) {
                broken.add("mail " + mail + " arrived " + count + " times");
            }
        });
        mailsAbout.forEach((what, ids) -> one(what + " is told in the mails ", ids, broken));
        pushesAbout.forEach((what, ids) -> one(what + " is told in the pushes ", ids, broken));
        tags.forEach((what, seen) -> one(what + " was pushed as ", seen, broken));
        if (doubledMails() > mailsInFlight) {
            broken.add(doubledMails() + " mails were doubled, " + mailsInFlight + " can have been in flight: "
                    + twice(mails));
        }
        if (doubledPushes() > pushesInFlight) {
            broken.add(doubledPushes() + " pushes were doubled, " + pushesInFlight + " can have been in flight: "
                    + twice(pushes));
        }
        return broken;
    }

    private static void add(Map<String, Set<String>> all, String key, String value) {
        all.computeIfAbsent(key, absent -> new HashSet<>()).add(value);
    }

    private static void one(String sentence, Set<String> seen, List<String> broken) {
        if (seen.size() > 1) {
            broken.add(sentence + seen);
        }
    }

    private static long repeated(Map<String, Integer> counts) {
        return counts.values().stream().mapToLong(count -> count - 1L).sum();
    }

    private static List<String> twice(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .limit(10)
                .toList();
    }
}
