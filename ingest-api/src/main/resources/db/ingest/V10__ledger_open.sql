-- By when something more must be said of a notification; null where nothing has to. What comes to nothing is found by it.
ALTER TABLE ingest.ledger ADD COLUMN open_until timestamptz;
CREATE INDEX ledger_open ON ingest.ledger (open_until) WHERE open_until IS NOT NULL;
COMMENT ON COLUMN ingest.ledger.open_until IS 'the earliest of all channels; of rows from before this column null';
