-- One row per notification and recipient. The key begins with the recipient: random ids then cost nothing, and the table
-- can be partitioned or distributed by recipient without change.
create table inapp.feed (
    recipient     text collate "C" not null,
    id            uuid             not null,
    -- Orders the versions of a row: content is replaced only by a higher (rev_at, rev_offset).
    rev_at        timestamptz      not null,
    rev_offset    bigint           not null,
    created_at    timestamptz      not null,
    expires_at    timestamptz,
    type          text,
    category      text,
    level         text             not null,
    priority      text             not null,
    mode          text             not null,
    title         text,
    body          text,
    action_url    text,
    group_name    text,
    thread        text,
    -- What is only shown: actor, subjects, data, actions, image, silent, and the items of a merged notification.
    extra         jsonb            not null,
    -- State of the reader, which no delivery touches.
    seen_at       timestamptz,
    read_at       timestamptz,
    archived_at   timestamptz,
    snoozed_until timestamptz,
    -- A dismissed row stays for 30 days, so that a repeated delivery does not bring it back.
    dismissed_at  timestamptz,
    primary key (recipient, id)
);

create index feed_newest on inapp.feed (recipient, created_at desc, id desc) where dismissed_at is null;
create index feed_unread on inapp.feed (recipient) where read_at is null and dismissed_at is null;
create index feed_group on inapp.feed (recipient, group_name) where group_name is not null and dismissed_at is null;
-- For the retention sweep; a new row is in none of them.
create index feed_read on inapp.feed (read_at) where read_at is not null and dismissed_at is null;
create index feed_dismissed on inapp.feed (dismissed_at) where dismissed_at is not null;
create index feed_timeseries on inapp.feed (created_at) where mode = 'timeseries';
create index feed_expiring on inapp.feed (expires_at) where expires_at is not null;

-- Signs tickets of the live stream; made by the first replica.
create table inapp.signing_key (
    id     smallint primary key check (id = 1),
    secret bytea not null
);

-- Tickets that have opened a stream, until they would have expired anyway.
create table inapp.used_ticket (
    id         uuid primary key,
    expires_at timestamptz not null
);
create index used_ticket_expiry on inapp.used_ticket (expires_at);
