-- Recipients who were erased, as a hash of their ids, for as long as a link in one of their mails may still be followed.
create table email.erased (
    person uuid        not null primary key,
    -- what a mail from before tells is not taken any more
    at     timestamptz not null
);
create index erased_at on email.erased (at);
