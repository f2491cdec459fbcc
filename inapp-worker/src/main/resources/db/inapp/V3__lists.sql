alter table inapp.feed
    -- When it came back from being snoozed; it stands there in the list, not where it was created.
    add column woken_at        timestamptz,
    -- The first client that said it has it; what nobody has is shown again to a client that begins.
    add column acknowledged_at timestamptz,
    -- The notification of the same group that took its place; it is then dismissed.
    add column replaced_by     uuid,
    -- The button that was pressed, of those that are no links.
    add column acted           text,
    add column acted_at        timestamptz;

drop index inapp.feed_newest;
create index feed_newest on inapp.feed (recipient, (coalesce(woken_at, created_at)) desc, id desc)
    where dismissed_at is null;

-- A late one of a group also meets what was dismissed.
drop index inapp.feed_group;
create index feed_group on inapp.feed (recipient, group_name, rev_at desc, rev_offset desc) where group_name is not null;

create index feed_thread on inapp.feed (recipient, thread, (coalesce(woken_at, created_at)) desc, id desc)
    where thread is not null and dismissed_at is null;

-- For what happens at an instant.
create index feed_snoozed on inapp.feed (snoozed_until) where snoozed_until is not null and dismissed_at is null;

-- For subjects that are gone; rows without a subject are not in it.
create index feed_subject on inapp.feed using gin ((extra -> 'subjects') jsonb_path_ops)
    where extra -> 'subjects' <> '[]'::jsonb and dismissed_at is null;

-- For actors that are erased.
create index feed_actor on inapp.feed ((extra -> 'actor' ->> 'id')) where extra -> 'actor' ->> 'id' is not null;

-- Groups that were dismissed: whatever of them was accepted before is not shown when it arrives later.
create table inapp.dismissed_group (
    recipient    text collate "C" not null,
    group_name   text             not null,
    dismissed_at timestamptz      not null,
    primary key (recipient, group_name)
);
create index dismissed_group_age on inapp.dismissed_group (dismissed_at);
