-- What ingest-api owns: recipients, audiences, notification types and keys. Rows that Kafka must see carry a version
-- and the version that was published last; a published version that is lower is work for the sweeper.

-- One sequence for all versions. It begins at the time of its creation in milliseconds, so that an installation whose
-- database was made anew does not publish versions that the router takes for old.
CREATE SEQUENCE ingest.version AS bigint;
SELECT setval('ingest.version', (extract(epoch FROM clock_timestamp()) * 1000)::bigint);

CREATE TABLE ingest.recipient (
    recipient   text COLLATE "C" NOT NULL,
    version     bigint           NOT NULL,
    published   bigint           NOT NULL DEFAULT 0,
    name        text,
    email       text,
    locale      text,
    time_zone   text,
    preferences jsonb            NOT NULL DEFAULT '{}',
    updated_at  timestamptz      NOT NULL,
    deleted_at  timestamptz,
    PRIMARY KEY (recipient)
);
CREATE INDEX recipient_unpublished ON ingest.recipient (version) WHERE published < version;
CREATE INDEX recipient_deleted ON ingest.recipient (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE ingest.membership (
    recipient  text COLLATE "C" NOT NULL,
    audience   text COLLATE "C" NOT NULL,
    version    bigint           NOT NULL,
    published  bigint           NOT NULL DEFAULT 0,
    since      timestamptz      NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (recipient, audience)
);
CREATE INDEX membership_by_audience ON ingest.membership (audience, recipient) WHERE deleted_at IS NULL;
CREATE INDEX membership_unpublished ON ingest.membership (version) WHERE published < version;
CREATE INDEX membership_deleted ON ingest.membership (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE ingest.notification_type (
    name       text COLLATE "C" NOT NULL,
    version    bigint           NOT NULL,
    published  bigint           NOT NULL DEFAULT 0,
    origin     text             NOT NULL CHECK (origin IN ('rest', 'file')),
    document   jsonb            NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (name)
);

CREATE TABLE ingest.api_key (
    id                uuid        NOT NULL,
    name              text        NOT NULL,
    hash              text        NOT NULL UNIQUE,
    scopes            text[]      NOT NULL,
    sources           text[]      NOT NULL,
    events_per_second integer,
    created_at        timestamptz NOT NULL,
    revoked_at        timestamptz,
    PRIMARY KEY (id)
);
COMMENT ON COLUMN ingest.api_key.hash IS 'SHA-256 of the token in hexadecimal digits; the token is random and long enough to need no salt';
