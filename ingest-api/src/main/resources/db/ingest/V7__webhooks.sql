-- Where operators want outcomes sent.
CREATE TABLE ingest.webhook_endpoint (
    id              uuid PRIMARY KEY,
    url             text        NOT NULL,
    description     text,
    outcomes        text[]      NOT NULL,
    channels        text[]      NOT NULL,
    types           text[]      NOT NULL,
    categories      text[]      NOT NULL,
    disabled        text,
    secret          text        NOT NULL,
    previous_secret text,
    previous_until  timestamptz,
    failures        integer     NOT NULL DEFAULT 0,
    failing_since   timestamptz,
    not_before      timestamptz,
    created_at      timestamptz NOT NULL
);
COMMENT ON COLUMN ingest.webhook_endpoint.disabled IS 'null while it is told; by_operator, gone, failing or backlog';
COMMENT ON COLUMN ingest.webhook_endpoint.secret IS 'as it is: a signature cannot be made of its hash';
COMMENT ON COLUMN ingest.webhook_endpoint.not_before IS 'until when it rests';

-- One outcome on its way to one endpoint. No foreign key: what is left of a deleted endpoint is swept.
CREATE TABLE ingest.webhook_message (
    endpoint    uuid        NOT NULL,
    id          uuid        NOT NULL,
    number      bigint GENERATED ALWAYS AS IDENTITY,
    event       text        NOT NULL,
    recipient   text COLLATE "C",
    body        text        NOT NULL,
    created_at  timestamptz NOT NULL,
    state       text        NOT NULL,
    attempts    integer     NOT NULL,
    next_at     timestamptz NOT NULL,
    last_status integer,
    last_error  text,
    settled_at  timestamptz,
    PRIMARY KEY (endpoint, id)
);
COMMENT ON COLUMN ingest.webhook_message.body IS 'ids, codes and times of one outcome; no text of a notification';
COMMENT ON COLUMN ingest.webhook_message.state IS 'waiting, delivered or dead';
COMMENT ON COLUMN ingest.webhook_message.next_at IS 'when it is due; while an attempt is under way, when that is given up';
CREATE INDEX webhook_message_due ON ingest.webhook_message (endpoint, next_at, number) WHERE state = 'waiting';
CREATE INDEX webhook_message_open ON ingest.webhook_message (endpoint, state) WHERE state <> 'delivered';
CREATE INDEX webhook_message_list ON ingest.webhook_message (endpoint, number DESC);
CREATE INDEX webhook_message_settled ON ingest.webhook_message (settled_at) WHERE state <> 'waiting';
CREATE INDEX webhook_message_by_recipient ON ingest.webhook_message (recipient);
