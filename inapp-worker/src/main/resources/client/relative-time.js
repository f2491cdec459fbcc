import { language } from './strings.js';

const MINUTE = 60_000;
const UNITS = [
  ['minute', MINUTE, 60],
  ['hour', 3_600_000, 24],
  ['day', 86_400_000, 7],
];

/** "5 minutes ago" within a week, a date beyond; "now" for the last 45 seconds and for what a skewed clock dates ahead. */
export function relativeTime(then, now = Date.now(), locale = language()) {
  const age = now - then;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  if (age < 45_000) return format.format(0, 'second');
  for (const [unit, length, limit] of UNITS) {
    const units = Math.round(age / length);
    if (units < limit) return format.format(-Math.max(units, 1), unit);
  }
  const sameYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  const date = { month: 'short', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) };
  return new Intl.DateTimeFormat(locale, date).format(then);
}

/** A `<time>` that shows its age; {@link watchTimes} keeps it right. */
export function timeElement(instant) {
  const time = document.createElement('time');
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return time;
  time.dateTime = date.toISOString();
  time.title = date.toLocaleString(language());
  time.textContent = relativeTime(date.getTime());
  return time;
}

const roots = new Set();
let timer = null;

/** Keeps the ages below `root` right, with one timer for the whole page. @returns {() => void} ends that */
export function watchTimes(root) {
  roots.add(root);
  timer ??= setInterval(refresh, MINUTE / 2);
  return () => {
    roots.delete(root);
    if (roots.size > 0) return;
    clearInterval(timer);
    timer = null;
  };
}

function refresh() {
  for (const root of roots) {
    for (const time of root.querySelectorAll('time[datetime]')) {
      time.textContent = relativeTime(Date.parse(time.dateTime));
    }
  }
}
