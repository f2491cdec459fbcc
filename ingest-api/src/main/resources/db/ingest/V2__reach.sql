-- Audiences that belong to audiences. A nested one counts with all its members; there are no cycles.
CREATE TABLE ingest.audience_nesting (
    audience text COLLATE "C" NOT NULL,
    nested   text COLLATE "C" NOT NULL,
    since    timestamptz      NOT NULL,
    PRIMARY KEY (audience, nested)
);

-- One row, counted up by every change of nesting: its lock orders the changes, and replicas see by it that there was one.
CREATE TABLE ingest.audience_graph (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint NOT NULL
);
INSERT INTO ingest.audience_graph (version) VALUES (0);

-- Recurring events. next_local is the next occurrence by clocks on walls, next_at the moment at which it is sent.
CREATE TABLE ingest.schedule (
    id         uuid        NOT NULL,
    name       text,
    source     text        NOT NULL,
    event      jsonb       NOT NULL,
    rule       text        NOT NULL,
    starts     timestamp   NOT NULL,
    time_zone  text,
    state      text        NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
    next_local timestamp,
    next_at    timestamptz,
    fired      bigint      NOT NULL,
    last_at    timestamptz,
    last_event uuid,
    last_error text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id)
);
COMMENT ON COLUMN ingest.schedule.time_zone IS 'null: each recipient''s own';
CREATE INDEX schedule_due ON ingest.schedule (next_at) WHERE state = 'active';
