-- For the lists of what is archived or snoozed: the indexes by instant, which the sweeps need, know everybody's.
create index feed_archived_newest on inapp.feed (recipient, (coalesce(woken_at, created_at)) desc, id desc)
    where archived_at is not null and dismissed_at is null;
create index feed_snoozed_newest on inapp.feed (recipient, (coalesce(woken_at, created_at)) desc, id desc)
    where snoozed_until is not null and archived_at is null and dismissed_at is null;
