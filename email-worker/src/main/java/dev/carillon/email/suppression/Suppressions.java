package dev.carillon.email.suppression;

import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which addresses must not be mailed, and the consequences of that. */
public final class Suppressions {
    private static final int AT_ONCE = 200;
    private static final int DETAIL_LENGTH = 500;

    private final SuppressionTable table;
    private final Reach reach;
    private final SuppressionSettings settings;
    private final Clock clock;

    private Suppressions(SuppressionTable table, Reach reach, SuppressionSettings settings, Clock clock) {
        this.table = table;
        this.reach = reach;
        this.settings = settings;
        this.clock = clock;
    }

    /** Those that {@code jdbc}'s database keeps. */
    public static Suppressions kept(
            JdbcClient jdbc, RecordSender records, TopicSpec activity, SuppressionSettings settings, Clock clock) {
        return new Suppressions(new SuppressionTable(jdbc), new Reach(jdbc, records, activity, clock), settings, clock);
    }

    /** From now on nothing goes to {@code address}. */
    SuppressedAddress suppress(MailAddress address, SuppressionReason reason, @Nullable String detail) {
        return suppress(SuppressedAddress.key(address), reason, detail, null);
    }

    /** A server said that it knows no such address, to a mail for {@code recipient}. */
    public void gone(RecipientId recipient, MailAddress address, String reply) {
        SuppressedAddress _ = suppress(address, SuppressionReason.HARD_BOUNCE, reply);
        reach.unreachable(recipient, SuppressedAddress.key(address));
    }

    /** A mail for {@code recipient} was not sent because of this. */
    public void met(RecipientId recipient, MailAddress address) {
        reach.unreachable(recipient, SuppressedAddress.key(address));
    }

    /** A mail failed for a while. Too many of these in a row suppress the address for a while. */
    public void softBounce(MailAddress address, @Nullable String detail) {
        String key = SuppressedAddress.key(address);
        Instant now = clock.instant();
        if (table.softBounce(key, now, settings.softWindow()) >= settings.softBounces()) {
            SuppressedAddress _ =
                    suppress(key, SuppressionReason.SOFT_BOUNCES, detail, now.plus(settings.softSuppression()));
            table.forgetSoftBounces(key);
        }
    }

    /** It took a mail that it had put off: its mailbox is in trouble no longer. */
    public void tookMail(MailAddress address) {
        table.forgetSoftBounces(SuppressedAddress.key(address));
    }

    private SuppressedAddress suppress(
            String key, SuppressionReason reason, @Nullable String detail, @Nullable Instant until) {
        String kept = detail == null || detail.length() <= DETAIL_LENGTH ? detail : detail.substring(0, DETAIL_LENGTH);
        SuppressedAddress suppressed = new SuppressedAddress(key, reason, kept, clock.instant(), until);
        table.put(suppressed);
        return find(key, suppressed);
    }

    private SuppressedAddress find(String key, SuppressedAddress otherwise) {
        SuppressedAddress found = table.find(key, clock.instant());
        return found == null ? otherwise : found;
    }

    /** False where it was not suppressed. */
    boolean lift(MailAddress address) {
        String key = SuppressedAddress.key(address);
        boolean deleted = table.delete(key);
        table.forgetSoftBounces(key);
        reach.lifted(key);
        return deleted;
    }

    public boolean cover(MailAddress address) {
        return find(address) != null;
    }

    @Nullable SuppressedAddress find(MailAddress address) {
        return table.find(SuppressedAddress.key(address), clock.instant());
    }

    List<SuppressedAddress> list(String after, int limit) {
        return table.list(after, limit, clock.instant());
    }

    /** Removes what ended by itself, and tells the router; true where there may be more. */
    boolean liftEnded() {
        List<String> ended = table.ended(clock.instant(), AT_ONCE);
        for (String address : ended) {
            boolean _ = table.delete(address);
            reach.lifted(address);
        }
        return ended.size() == AT_ONCE;
    }

    /** Follows recipients to new addresses. */
    public void profiles(List<RecipientProfile> changed) {
        Map<RecipientId, RecipientProfile> latest = new HashMap<>();
        changed.forEach(profile -> latest.put(profile.recipient(), profile));
        for (Reach.Unreachable known : reach.of(latest.keySet())) {
            RecipientProfile profile = latest.get(known.recipient());
            String email = profile == null ? null : profile.email();
            if (email != null && !known.address().equals(key(email))) {
                reach.moved(known.recipient());
            }
        }
    }

    private static @Nullable String key(String email) {
        try {
            return SuppressedAddress.key(MailAddress.parse(email.strip()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Forgets whom nobody may remember any more. */
    public void forget(RecipientId recipient) {
        reach.forget(recipient);
    }

    boolean tellRouter() {
        return reach.publishLeftBehind();
    }
}
