-- A session is of a key, or of a person whom an issuer named.
ALTER TABLE ingest.console_session
    ALTER COLUMN key_id DROP NOT NULL,
    ADD COLUMN person_id    uuid,
    ADD COLUMN person_name  text,
    ADD COLUMN person_grant text,
    ADD CONSTRAINT console_session_owner CHECK (
        num_nonnulls(key_id, person_id) = 1
        AND num_nonnulls(person_id, person_name, person_grant) IN (0, 3));
