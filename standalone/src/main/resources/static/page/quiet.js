const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * The quiet window that the recipient is in now, in her own zone; null outside.
 *
 * @returns {{end: string, channels: string[]} | null}
 */
export function quietUntil({ quiet_hours: windows = [], time_zone: zone }, now = new Date()) {
  const today = dayAndTime(now, zone);
  const yesterday = DAYS[(DAYS.indexOf(today.day) + 6) % 7];
  for (const { days, start, end, channels } of windows ?? []) {
    const begins = (day) => !days?.length || days.includes(day);
    const crosses = end <= start;
    const inside = crosses
      ? (begins(today.day) && today.time >= start) || (begins(yesterday) && today.time < end)
      : begins(today.day) && today.time >= start && today.time < end;
    if (inside) return { end, channels: channels?.length ? channels : ['email', 'push'] };
  }
  return null;
}

/** Day and `HH:MM` in a zone; the browser's own where none is given. */
export function dayAndTime(instant, zone) {
  const format = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone ?? undefined });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return { day: parts.weekday.toLowerCase(), time: `${parts.hour}:${parts.minute}` };
}
