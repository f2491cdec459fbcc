package dev.carillon.ingest.recipient;

import org.springframework.jdbc.core.simple.JdbcClient;

/** For tests of what asks where recipients are reached. */
public final class Addresses {
    private Addresses() {}

    public static CurrentAddresses of(JdbcClient jdbc) {
        return new CurrentAddresses(new RecipientTable(jdbc));
    }
}
