-- A reason alone, whatever the channel: without it a rare reason is looked for among all letters, by time.
CREATE INDEX dead_letter_by_reason_and_time ON ingest.dead_letter (reason, at DESC, id DESC);
