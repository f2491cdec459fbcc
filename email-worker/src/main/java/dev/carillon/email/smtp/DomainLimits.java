package dev.carillon.email.smtp;

import dev.carillon.platform.mail.MailAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many mails go to each recipient's domain, whatever relay takes them. Safe for all threads. */
final class DomainLimits {
    private static final String SETTING = "carillon.email.domain-limits";
    private static final String OTHERS = "*";

    /** The domain that was asked about least lately is forgotten beyond so many; its bucket is full again by then. */
    private static final int REMEMBERED = 20_000;

    private final Map<String, Rate> rates = new HashMap<>();
    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Reads limits such as {@code example.com 20/second} or {@code * 5/minute}.
     *
     * @throws IllegalArgumentException where one is not of that form, or a domain is named twice
     */
    DomainLimits(List<String> limits) {
        for (String limit : limits) {
            String[] words = limit.strip().split("\\s+", 2);
            if (words.length != 2) {
                throw new IllegalArgumentException(
                        SETTING + " must be a domain or * and a rate, such as example.com 20/second, is " + limit);
            }
            Rate before = rates.put(domain(words[0]), Rate.parse(SETTING + " (" + words[0] + ")", words[1]));
            if (before != null) {
                throw new IllegalArgumentException(SETTING + " names " + words[0] + " twice");
            }
        }
    }

    private static String domain(String name) {
        if (name.equals(OTHERS)) {
            return name;
        }
        try {
            return MailAddress.parse("any@" + name).domain();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(SETTING + " names " + name + ", which is no host name", e);
        }
    }

    /** The bucket of a domain in its ASCII form; null where none limits it. */
    synchronized @Nullable TokenBucket of(String domain) {
        Rate rate = rates.getOrDefault(domain, rates.get(OTHERS));
        return rate == null ? null : buckets.computeIfAbsent(domain, _ -> new TokenBucket(rate));
    }

    /** When a mail may go to a domain; null: now, and it is counted. */
    Admission.@Nullable Later enter(String domain, Instant now, boolean waited) {
        TokenBucket bucket = of(domain);
        Instant free = bucket == null ? null : bucket.take(now, waited);
        return bucket == null || free == null
                ? null
                : new Admission.Later(domain + " is sent " + bucket.rate() + " at most", free);
    }

    /** Takes back what {@link #enter} counted. */
    void giveBack(String domain) {
        TokenBucket bucket = of(domain);
        if (bucket != null) {
            bucket.giveBack();
        }
    }
}
