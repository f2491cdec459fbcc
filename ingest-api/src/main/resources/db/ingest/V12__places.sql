-- Dead letters are browsed by event and by what is wrong with them, the newest first; the console begins with what is open.
CREATE INDEX dead_letter_by_event ON ingest.dead_letter (event, at DESC, id DESC);
CREATE INDEX dead_letter_by_reason ON ingest.dead_letter (channel, reason, at DESC, id DESC);
CREATE INDEX dead_letter_open_by_time ON ingest.dead_letter (at DESC, id DESC) WHERE state = 'open';

-- An action on many goes on from where it stood.
ALTER TABLE ingest.dead_letter_action ADD COLUMN place bigint NOT NULL DEFAULT 0;
ALTER TABLE ingest.dead_letter_action ADD COLUMN stopped_by text;
COMMENT ON COLUMN ingest.dead_letter_action.place IS 'the next portion begins behind this letter';
COMMENT ON COLUMN ingest.dead_letter_action.stopped_by IS 'name of the key that stopped it';

CREATE INDEX activity_by_source ON ingest.activity (source, accepted_at DESC, event DESC);
