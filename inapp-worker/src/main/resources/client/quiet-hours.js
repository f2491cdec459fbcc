const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * The quiet window that a recipient is in now, in her own zone; null outside.
 *
 * @param {{quiet_hours?: {days?: string[], start: string, end: string, channels?: string[]}[], time_zone?: string}} preferences
 * @returns {{end: string, channels: string[]} | null}
 */
export function quietUntil({ quiet_hours: windows, time_zone: zone }, now = new Date()) {
  const today = dayAndTime(now, zone);
  const yesterday = DAYS[(DAYS.indexOf(today.day) + 6) % 7];
  for (const { days, start, end, channels } of windows ?? []) {
    const begins = (day) => !days?.length || days.includes(day);
    const inside =
      end < start
        ? (begins(today.day) && today.time >= start) || (begins(yesterday) && today.time < end)
        : begins(today.day) && today.time >= start && today.time < end;
    if (inside) return { end, channels: channels?.length ? channels : ['email', 'push'] };
  }
  return null;
}

/** Day (`mon`) and time (`HH:MM`) in a zone; the browser's own where none is given. */
export function dayAndTime(instant, zone) {
  const options = { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone ?? undefined };
  const parts = new Intl.DateTimeFormat('en-GB', options).formatToParts(instant);
  const { weekday, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return { day: weekday.toLowerCase(), time: `${hour}:${minute}` };
}
