import { getJson } from './session.js';
import { isSettled } from './verdicts.js';

/** Pauses between questions, in milliseconds: while it is new, while it is young, and while it waits. */
const PAUSES = [
  { until: 4_000, pause: 120 },
  { until: 20_000, pause: 600 },
  { until: Infinity, pause: 4_000 },
];

/** An event that nobody was reached by is asked after for so long: a type or a large audience may take a while. */
const LAST_LOOK = 15_000;

/** Follows every attempt through the outcomes that the pipeline publishes, until nothing more can come. */
export function startTracker(session) {
  const followed = new Set();

  const follow = async (attempt) => {
    if (attempt.error || !attempt.answer || followed.has(attempt.key)) return;
    followed.add(attempt.key);
    while (!isOver(attempt)) {
      if (!document.hidden) await look(attempt);
      const age = session.now() - attempt.acceptedAt;
      await sleep(PAUSES.find(({ until }) => age < until).pause);
      if (!session.attempts.includes(attempt)) return;
    }
  };
  const look = async (attempt) => {
    try {
      const { uid } = attempt.answer;
      attempt.story = await getJson(`/demo/events/${encodeURIComponent(uid)}?attempt=${encodeURIComponent(attempt.key)}`);
      attempt.repeat ||= attempt.story.recipients.some(({ at }) => Date.parse(at) < attempt.startedAt - CLOCKS);
      session.tell('progress', attempt);
    } catch {
      // The server is away; the next look tells.
    }
  };
  const isOver = (attempt) => {
    const now = session.now();
    if (!attempt.story || !isSettled(attempt, now)) return false;
    return attempt.repeat || attempt.story.recipients.length > 0 || now - attempt.acceptedAt > LAST_LOOK;
  };

  session.on('accepted', follow);
  session.attempts.forEach(follow);
}

/** By so much two clocks may differ before an earlier decision means an earlier publication, in milliseconds. */
const CLOCKS = 5_000;

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
