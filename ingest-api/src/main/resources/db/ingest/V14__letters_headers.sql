-- A record on Kafka is its headers too: without them a CloudEvent is none.
ALTER TABLE ingest.dead_letter ADD COLUMN headers bytea;
COMMENT ON COLUMN ingest.dead_letter.headers IS 'JSON array of name and value_base64; null for none';
-- Counted every 15 s by every replica.
CREATE INDEX dead_letter_open_by_topic ON ingest.dead_letter (channel, topic) WHERE state = 'open';
