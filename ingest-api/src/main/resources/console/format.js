const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const short = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });
const whole = new Intl.NumberFormat();
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

export const number = (value) => whole.format(value ?? 0);

/** `3 hr. ago`; what lies ahead, `in 2 min.` */
export function ago(instant, now = Date.now()) {
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return relative.format(Math.trunc(seconds / size), unit);
}

export const fullTime = (instant) => full.format(new Date(instant));
export const shortTime = (instant) => short.format(new Date(instant));

/** A local date and time of a form as RFC 3339 with an offset; empty stays empty. */
export function instantOf(local) {
  const date = new Date(local);
  return local && !Number.isNaN(date.getTime()) ? date.toISOString() : '';
}

/** A code as people read it: `attempts_exhausted` becomes `attempts exhausted`. */
export const words = (code) => String(code ?? '').replaceAll('_', ' ');

const CHANNELS = { inapp: 'In-app', email: 'E-mail', push: 'Push', 'router-stream': 'Router', 'ingest-api': 'Ingest' };
export const channelName = (code) => CHANNELS[code] ?? code;

/** A query string of what is not empty. */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return given.length ? `?${new URLSearchParams(given)}` : '';
}
