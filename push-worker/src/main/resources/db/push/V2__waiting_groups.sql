-- Groups of which a message waits for another attempt, and the newest message of each since: an older one is not tried
-- again. Rows are removed after a month, when nothing can wait any more.
CREATE TABLE push.waiting_groups (
    recipient     text        NOT NULL,
    group_hash    bytea       NOT NULL, -- SHA-256 of the group
    newest        timestamptz NOT NULL, -- accepted-at of the newest message
    newest_offset bigint      NOT NULL, -- orders those of the same time
    noted_at      timestamptz NOT NULL,
    PRIMARY KEY (recipient, group_hash)
);

CREATE INDEX waiting_groups_noted ON push.waiting_groups (noted_at);
