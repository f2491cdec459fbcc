-- A device of a recipient that can be pushed to. The key begins with the recipient, so that the table can be
-- distributed by it.
CREATE TABLE push.subscriptions (
    recipient     text        NOT NULL,
    id            uuid        NOT NULL,
    endpoint      text        NOT NULL,
    endpoint_hash bytea       NOT NULL, -- SHA-256 of endpoint: an endpoint belongs to one recipient at a time
    p256dh        text        NOT NULL, -- base64url, 65 bytes
    auth          text        NOT NULL, -- base64url, 16 bytes
    vapid_key     text        NOT NULL, -- base64url of our public key that the browser subscribed with
    label         text,
    expires_at    timestamptz,
    created_at    timestamptz NOT NULL,
    last_used_at  timestamptz,
    revision      bigint      NOT NULL, -- grows with every change of endpoint, keys or owner
    PRIMARY KEY (recipient, id)
);

CREATE UNIQUE INDEX subscriptions_endpoint ON push.subscriptions (endpoint_hash);
