-- Accepted events, also those that nobody is told of: who did what to what. One row each, in partitions by the day (UTC).
CREATE TABLE ingest.activity (
    event       uuid        NOT NULL,
    day         date        NOT NULL,
    accepted_at timestamptz NOT NULL,
    source      text        NOT NULL,
    id          text        NOT NULL,
    type        text,
    category    text,
    actor       text COLLATE "C",
    actor_name  text,
    subjects    jsonb       NOT NULL,
    log_only    boolean     NOT NULL,
    PRIMARY KEY (event, day)
) PARTITION BY RANGE (day);
CREATE INDEX activity_newest ON ingest.activity (accepted_at DESC, event DESC);
CREATE INDEX activity_by_actor ON ingest.activity (actor, accepted_at DESC) WHERE actor IS NOT NULL;
CREATE INDEX activity_by_type ON ingest.activity (type, accepted_at DESC) WHERE type IS NOT NULL;
CREATE INDEX activity_by_subject ON ingest.activity USING gin (subjects jsonb_path_ops) WHERE subjects <> '[]'::jsonb;
COMMENT ON COLUMN ingest.activity.subjects IS 'each with type, id and name';

-- Numbers that types name in the data of their events, by the hour of acceptance.
CREATE TABLE ingest.metric_hour (
    hour   timestamptz NOT NULL,
    type   text        NOT NULL,
    metric text        NOT NULL,
    number bigint      NOT NULL,
    total  numeric     NOT NULL,
    PRIMARY KEY (type, metric, hour)
);
CREATE INDEX metric_hour_age ON ingest.metric_hour (hour);
