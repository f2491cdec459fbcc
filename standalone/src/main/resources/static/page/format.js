/** A duration for people: `8 ms`, `340 ms`, `1.2 s`. */
export function milliseconds(value) {
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** The time in a zone, `07:00`; with the day where it is more than a day ahead, `Mon 07:00`. */
export function timeOfDay(instant, zone, now = Date.now(), seconds = false) {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return 'later';
  const far = date.getTime() - now > 24 * 3_600_000;
  return date.toLocaleString('en-GB', {
    timeZone: zone || undefined,
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
    ...(far && { weekday: 'short', day: 'numeric', month: 'short' }),
  });
}
