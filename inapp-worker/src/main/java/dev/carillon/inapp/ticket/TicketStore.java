package dev.carillon.inapp.ticket;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What all replicas share about tickets: the key that signs them, and which were used. */
public final class TicketStore {
    private static final int KEY_BYTES = 32;

    private final JdbcClient database;

    public TicketStore(JdbcClient database) {
        this.database = database;
    }

    /** The signing key, which whoever asks first makes. */
    byte[] signingKey() {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        database.sql("insert into inapp.signing_key (id, secret) values (1, :secret) on conflict do nothing")
                .param("secret", fresh)
                .update();
        return database.sql("select secret from inapp.signing_key where id = 1")
                .query(byte[].class)
                .single();
    }

    /** True for the first use of {@code ticket} on any replica. */
    boolean use(UUID ticket, Instant expiresAt) {
        return database.sql("insert into inapp.used_ticket (id, expires_at) values (:id, :expiresAt)"
                                + " on conflict do nothing")
                        .param("id", ticket)
                        .param("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Forgets up to {@code most} tickets that have expired anyway. @return how many */
    public int forget(Instant now, int most) {
        return database.sql("delete from inapp.used_ticket where id in (select id from inapp.used_ticket"
                        + " where expires_at < :now limit :most for update skip locked)")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }
}
