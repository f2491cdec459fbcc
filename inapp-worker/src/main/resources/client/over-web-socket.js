/** What the server's closing says: a token is missing, wrong or expired; or this replica starts or stops. */
const ENDS = new Map([
  [4401, { reason: 'token_expired', renew: true }],
  [1013, { reason: 'busy', status: 503 }],
]);

/** The live stream over a WebSocket, opened by a ticket: a browser sends no header with it. */
export async function overWebSocket(api, { since, signal, alive, opened, receive }) {
  const { ticket } = await api.json('/notifications/stream-ticket', { method: 'POST', signal });
  const url = new URL(`${api.base}/notifications/ws`, globalThis.document?.baseURI);
  url.protocol = url.protocol.replace('http', 'ws');
  url.search = new URLSearchParams({ ticket, ...(since && { since }) });
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const finish = (end) => {
      socket.onclose = socket.onmessage = null;
      socket.close();
      resolve(end);
    };
    signal.addEventListener('abort', () => finish({ reason: 'stale' }), { once: true });
    socket.onopen = opened;
    socket.onclose = ({ code }) => finish(ENDS.get(code) ?? { reason: 'ended' });
    socket.onmessage = ({ data }) => {
      alive();
      for (const message of messagesOf(data)) {
        const end = receive(message);
        if (end) return finish(end);
      }
      return undefined;
    };
  });
}

/** The messages of a frame: one, or several as an array or on lines of their own. What is no JSON counts for nothing. */
export function messagesOf(frame) {
  try {
    return String(frame).split('\n').filter(Boolean).flatMap((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
