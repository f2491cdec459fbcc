-- What the dead letter topics hold, as operators see it: whole records, so that a replay needs nothing that expires.
CREATE TABLE ingest.dead_letter (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel       text        NOT NULL,
    reason        text        NOT NULL,
    detail        text        NOT NULL,
    at            timestamptz NOT NULL,
    topic         text        NOT NULL,
    partition     integer     NOT NULL,
    record_offset bigint      NOT NULL,
    key           bytea,
    value         bytea,
    recipient     text COLLATE "C",
    notification  uuid,
    event         uuid,
    type          text,
    attempts      integer     NOT NULL DEFAULT 0,
    state         text        NOT NULL DEFAULT 'open',
    changed_at    timestamptz NOT NULL,
    claimed_at    timestamptz,
    to_topic      text,
    to_partition  integer,
    action        bigint,
    note          text
);
COMMENT ON COLUMN ingest.dead_letter.channel IS 'inapp, email, push, or the service that could not process the record';
COMMENT ON COLUMN ingest.dead_letter.state IS 'open, replaying, replayed, discarded or obsolete';
COMMENT ON COLUMN ingest.dead_letter.claimed_at IS 'by the database''s clock: when it became replaying';
COMMENT ON COLUMN ingest.dead_letter.to_topic IS 'where the record is sent, or was: who finds it replaying looks there';
CREATE INDEX dead_letter_by_time ON ingest.dead_letter (at DESC, id DESC);
CREATE INDEX dead_letter_open ON ingest.dead_letter (id) WHERE state = 'open';
CREATE INDEX dead_letter_replaying ON ingest.dead_letter (claimed_at) WHERE state = 'replaying';
CREATE INDEX dead_letter_by_recipient ON ingest.dead_letter (recipient, at DESC);
CREATE INDEX dead_letter_closed ON ingest.dead_letter (changed_at) WHERE state NOT IN ('open', 'replaying');

-- What operators did with dead letters, and who did it. A replay of many is also the work that is left of it.
CREATE TABLE ingest.dead_letter_action (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text        NOT NULL,
    state       text        NOT NULL,
    key_id      uuid        NOT NULL,
    key_name    text        NOT NULL,
    at          timestamptz NOT NULL,
    ended_at    timestamptz,
    letter      bigint,
    filter      jsonb       NOT NULL DEFAULT '{}',
    reason      text,
    last_letter bigint      NOT NULL DEFAULT 0,
    per_second  integer     NOT NULL DEFAULT 0,
    next_at     timestamptz NOT NULL,
    done        bigint      NOT NULL DEFAULT 0,
    obsolete    bigint      NOT NULL DEFAULT 0
);
COMMENT ON COLUMN ingest.dead_letter_action.kind IS 'replay or discard';
COMMENT ON COLUMN ingest.dead_letter_action.state IS 'running, done or stopped';
COMMENT ON COLUMN ingest.dead_letter_action.last_letter IS 'what came later is not meant, above all what died again';
CREATE INDEX dead_letter_action_running ON ingest.dead_letter_action (next_at) WHERE state = 'running';
