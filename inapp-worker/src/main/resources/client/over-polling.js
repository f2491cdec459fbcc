/** Pauses between questions, in milliseconds, and how many of them until the count is asked for too. */
const PAUSE = 10_000;
const COUNT_EVERY = 3;

/** So many questions are asked until better transports are tried again: ten minutes. */
const QUESTIONS = 60;

/** Asks for what is new. What was read elsewhere shows in the count alone, which makes the screens load again. */
export async function overPolling(api, { since, signal, alive, opened, receive, pause = PAUSE }) {
  let cursor = null;
  let known = null;
  for (let question = 0; question < QUESTIONS; question++) {
    alive();
    if (question % COUNT_EVERY === 0) {
      const response = await api.open('/notifications/unread-count', { signal });
      cursor ??= Math.floor((Date.parse(response.headers.get('Date')) || Date.now()) / 1000);
      const { unread_count: count } = await response.json();
      if (question === 0) {
        opened();
        receive({ type: 'connected', data: {} });
        if (since) receive({ type: 'reload', data: {} }); // a stream's position is none of the list of changes
      }
      if (known !== null && known !== count) receive({ type: 'reload', data: {} });
      receive({ type: 'count', data: { unread_count: (known = count) } });
    }
    const answer = await api.json('/notifications/changes', { query: { since: cursor }, signal });
    for (const notification of answer.notifications ?? []) {
      receive({ type: 'notification', data: notification });
      if (!notification.is_read) known++;
    }
    cursor = answer.next_cursor ?? answer.cursor ?? answer.since ?? cursor;
    await sleep(pause, signal);
  }
  return { reason: 'retry' };
}

function sleep(milliseconds, signal) {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
