-- Whose mail it was that somebody unsubscribed from, for the ledger; null where its link does not say it.
alter table email.unsubscription add column notification uuid;
