/** Why something came out as it did, for people; the codes are those of the topic `outcomes`. */
export const REASONS = {
  none: '',
  duplicate: 'already known',
  expired: 'expired before it went out',
  already_read: 'already read',
  own_action: 'not for one’s own action',
  muted: 'muted',
  type_off: 'this type is switched off',
  category_off: 'this category is switched off',
  channel_off: 'this channel is switched off',
  not_in_type: 'not for this type',
  excluded: 'left out by the event',
  hold_limit: 'would have waited too long',
  quiet_hours: 'quiet hours',
  scheduled: 'scheduled',
  type_pending: 'waits for its type',
  no_address: 'no address',
  no_subscription: 'no device',
  channel_not_configured: 'channel not set up',
  suppressed_address: 'mail to this address came back',
  unsubscribed: 'unsubscribed from it',
  superseded: 'replaced by a newer one',
  timeout: 'no answer in time',
  connection_failed: 'cannot be reached',
  connection_lost: 'connection lost',
  provider_busy: 'too busy',
  provider_error: 'failed on the other side',
  rate_limited: 'asked to slow down',
  rejected: 'refused',
  address_invalid: 'address not valid',
  address_gone: 'address gone',
  authentication_failed: 'login refused',
  too_large: 'too large',
  uncertain: 'may have arrived, not sent again',
  attempts_exhausted: 'gave up after several attempts',
  malformed: 'could not be read',
  internal_error: 'an error of Carillon itself',
};

/** The reason's words; an unknown code as it is. */
export function reasonText(code) {
  return REASONS[code] ?? code ?? '';
}
