-- One row per mail: who is handing it over, and how that ended. What makes "never twice" true.
create table email.ledger (
    recipient   text        not null,
    delivery    uuid        not null,
    -- the attempt that claimed or settled it last, counted from 1
    attempt     integer     not null,
    -- claimed: being handed over, or its worker died; sent: the relay took it; open: the relay has nothing, another
    -- attempt may follow; refused: the relay never takes it; unknown: the session broke after the final dot;
    -- dead: unknown twice
    state       text        not null check (state in ('claimed', 'sent', 'open', 'refused', 'unknown', 'dead')),
    owner       uuid        not null,
    lease_until timestamptz not null,
    -- how many hand-overs ended unknown, after which another was made
    uncertain   smallint    not null default 0,
    detail      text,
    created_at  timestamptz not null default now(),
    changed_at  timestamptz not null default now(),
    primary key (recipient, delivery)
) with (fillfactor = 85);

create index ledger_created_at on email.ledger using brin (created_at);
