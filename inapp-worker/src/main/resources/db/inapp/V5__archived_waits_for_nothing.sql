-- The limit of a feed has archived snoozed rows too, which were then shown as if they had come back.
update inapp.feed set snoozed_until = null
where snoozed_until is not null and archived_at is not null and dismissed_at is null;
