package dev.carillon.ingest.audience;

import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;

/** Key of a membership. */
record MemberKey(AudienceId audience, RecipientId recipient) {}
