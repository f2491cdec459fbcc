-- For the retention sweep, which lets archived rows go after their days.
create index feed_archived on inapp.feed (archived_at) where archived_at is not null;
