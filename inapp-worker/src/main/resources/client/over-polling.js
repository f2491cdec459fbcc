/** The pause between two questions, in milliseconds. */
const PAUSE = 10_000;

/** So many questions are asked until better transports are tried again: ten minutes. */
const QUESTIONS = 60;

/**
 * Asks what has changed. A place in the stream is a place here too, and the other way round: nothing is missed or told twice
 * when one transport gives way to another.
 */
export async function overPolling(api, { since, signal, alive, opened, receive, pause = PAUSE }) {
  let cursor = since || (await serverTime(api, signal));
  for (let question = 0; question < QUESTIONS; question++) {
    alive();
    const answer = await api.json('/notifications/changes', { query: { since: cursor }, signal });
    if (!question) {
      opened();
      receive({ type: 'connected', data: {} });
    }
    if (answer.reload) receive({ type: 'reload', data: {} });
    for (const data of answer.notifications ?? []) receive({ type: 'notification', data });
    for (const data of answer.updated ?? []) receive({ type: 'updated', data });
    cursor = answer.cursor ?? cursor;
    receive({ type: 'count', data: { unread_count: answer.unread_count }, id: answer.more ? null : answer.cursor });
    if (!answer.more) await sleep(pause, signal);
  }
  return { reason: 'retry' };
}

/** Seconds since 1970 by the server's clock: the page's own may be wrong. */
async function serverTime(api, signal) {
  const { headers } = await api.open('/notifications/unread-count', { signal });
  return Math.floor((Date.parse(headers.get('Date')) || Date.now()) / 1000);
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
