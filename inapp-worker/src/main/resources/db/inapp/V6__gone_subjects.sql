-- Subjects that are gone: what is about one and was accepted up to then is not shown when it arrives later.
create table inapp.gone_subject (
    -- First, so that whom a subject names is found by it.
    id            text collate "C" not null,
    type          text collate "C" not null,
    gone_at       timestamptz      not null,
    -- When feeds are looked through again for what was being stored as it went; null once they were.
    look_again_at timestamptz,
    primary key (id, type)
);
-- Every batch asks for the newest, retention for the oldest.
create index gone_subject_age on inapp.gone_subject (gone_at);
create index gone_subject_again on inapp.gone_subject (look_again_at) where look_again_at is not null;
