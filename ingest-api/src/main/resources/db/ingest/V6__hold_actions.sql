-- What operators did with what waits for a recipient, and who did it. Written before the router is told.
CREATE TABLE ingest.hold_action (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change        text        NOT NULL,
    state         text        NOT NULL,
    key_id        uuid        NOT NULL,
    key_name      text        NOT NULL,
    at            timestamptz NOT NULL,
    recipient     text        NOT NULL,
    hold          uuid        NOT NULL,
    reason        text,
    notifications integer     NOT NULL DEFAULT 0
);
COMMENT ON COLUMN ingest.hold_action.change IS 'release or cancel';
COMMENT ON COLUMN ingest.hold_action.state IS 'unanswered, done, unknown or failed';
CREATE INDEX hold_action_by_time ON ingest.hold_action (at);
