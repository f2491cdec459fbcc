-- Operators who are signed in to the console. The cookie's token is here as a hash only.
CREATE TABLE ingest.console_session (
    hash       text        PRIMARY KEY,
    key_id     uuid        NOT NULL,
    csrf       text        NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL
);
