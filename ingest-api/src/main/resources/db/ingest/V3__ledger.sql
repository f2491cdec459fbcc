-- What became of every notification: one row each, changed in place, in partitions by the day (UTC) on which its event was
-- accepted. That day is in every outcome of a notification, so that an update finds its row in one partition.
CREATE TABLE ingest.ledger (
    recipient    text COLLATE "C" NOT NULL,
    notification uuid             NOT NULL,
    day          date             NOT NULL,
    event        uuid             NOT NULL,
    source       text,
    type         text,
    accepted_at  timestamptz      NOT NULL,
    updated_at   timestamptz      NOT NULL,
    channels     jsonb            NOT NULL,
    PRIMARY KEY (recipient, notification, day)
) PARTITION BY RANGE (day);
CREATE INDEX ledger_by_event ON ingest.ledger (event, recipient, notification);
COMMENT ON COLUMN ingest.ledger.channels IS 'by the code of the channel: its steps, oldest first';

-- How far the ledger has read, written in the transaction that writes what was read: a record counts once.
CREATE TABLE ingest.ledger_position (
    topic       text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- Outcomes by the hour, also of types that have no rows. An unknown type is the empty text.
CREATE TABLE ingest.ledger_count (
    hour    timestamptz NOT NULL,
    type    text        NOT NULL,
    channel text        NOT NULL,
    state   text        NOT NULL,
    reason  text        NOT NULL,
    number  bigint      NOT NULL,
    PRIMARY KEY (hour, type, channel, state, reason)
);
