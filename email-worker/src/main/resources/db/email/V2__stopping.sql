-- Who must not be mailed, and what about. Asked in the same statement that claims a mail.

-- Addresses that bounced or complained, in lower case.
create table email.suppression (
    address    text        not null primary key,
    reason     text        not null check (reason in ('hard_bounce', 'soft_bounces', 'complaint', 'manual')),
    detail     text,
    created_at timestamptz not null,
    -- until when it counts; null: until somebody lifts it
    until      timestamptz
);

-- Temporary failures of addresses that are not suppressed.
create table email.soft_bounce (
    address    text        not null primary key,
    bounces    integer     not null,
    -- the first and the last of those that are counted together
    first_at   timestamptz not null,
    last_at    timestamptz not null
);

-- What recipients stopped from a mail, in force until their preferences say otherwise.
create table email.unsubscription (
    recipient  text        not null,
    scope      text        not null check (scope in ('type', 'category', 'all')),
    -- of the type or category; empty where the whole channel is meant
    name       text        not null,
    at         timestamptz not null,
    -- whether Kafka has acknowledged it
    published  boolean     not null default false,
    -- whether the recipient's preferences have been seen to say the same
    taken_over boolean     not null default false,
    primary key (recipient, scope, name)
);
create index unsubscription_unpublished on email.unsubscription (at) where not published;

-- Recipients of whom the router knows, or must hear, whether mail reaches them.
create table email.reach (
    recipient  text        not null primary key,
    address    text        not null,
    reachable  boolean     not null,
    -- whether Kafka has acknowledged it
    published  boolean     not null default false,
    changed_at timestamptz not null
);
create index reach_address on email.reach (address);
create index reach_unpublished on email.reach (changed_at) where not published;
