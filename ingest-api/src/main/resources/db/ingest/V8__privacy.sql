-- Exports and erasures of recipients: what operators wanted, and which services have answered.
CREATE TABLE ingest.privacy_request (
    number    bigint GENERATED ALWAYS AS IDENTITY,
    id        uuid        PRIMARY KEY,
    kind      text        NOT NULL,
    state     text        NOT NULL,
    recipient text COLLATE "C",
    pseudonym text,
    addresses text[]      NOT NULL,
    key_id    uuid        NOT NULL,
    key_name  text        NOT NULL,
    at        timestamptz NOT NULL,
    round     integer     NOT NULL DEFAULT 1,
    round_at  timestamptz NOT NULL,
    asked_at  timestamptz,
    ended_at  timestamptz
);
COMMENT ON COLUMN ingest.privacy_request.kind IS 'export or erase';
COMMENT ON COLUMN ingest.privacy_request.state IS 'running, done or overtaken: by an erasure of the same recipient';
COMMENT ON COLUMN ingest.privacy_request.recipient IS 'null once she is erased; the pseudonym stays, with which the ledger''s rows can be found';
COMMENT ON COLUMN ingest.privacy_request.round_at IS 'what was accepted up to then is erased in this round';
-- Two operators at the same moment make one request.
CREATE UNIQUE INDEX privacy_request_running ON ingest.privacy_request (recipient, kind) WHERE state = 'running';
CREATE INDEX privacy_request_by_recipient ON ingest.privacy_request (recipient) WHERE recipient IS NOT NULL;
CREATE INDEX privacy_request_newest ON ingest.privacy_request (number);

-- The tables are small: what is asked for is rare, and documents go after some days.
CREATE TABLE ingest.privacy_answer (
    request  uuid        NOT NULL REFERENCES ingest.privacy_request (id) ON DELETE CASCADE,
    round    integer     NOT NULL,
    service  text        NOT NULL,
    part     integer     NOT NULL,
    parts    integer     NOT NULL,
    at       timestamptz NOT NULL,
    removed  jsonb       NOT NULL DEFAULT '{}',
    document text,
    PRIMARY KEY (request, round, service, part)
);

-- Who was erased lately, as a hash: what comes late of her makes no rows.
CREATE TABLE ingest.erased (
    person  uuid        PRIMARY KEY,
    at      timestamptz NOT NULL,
    running boolean     NOT NULL
);
COMMENT ON COLUMN ingest.erased.running IS 'while it runs, nobody can be registered under the same id';
