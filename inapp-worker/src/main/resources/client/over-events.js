import { CarillonError } from './api.js';
import { EventStreamParser } from './sse-parse.js';

/** The live stream as server-sent events, read with `fetch`: EventSource cannot send a token. */
export async function overEvents(api, { since, signal, alive, opened, receive, retry }) {
  const headers = { Accept: 'text/event-stream', ...(since && { 'Last-Event-ID': since }) };
  const response = await api.open('/notifications/stream', { headers, signal, cache: 'no-store' });
  if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) throw new CarillonError(501);
  opened();
  let end;
  const parser = new EventStreamParser((event) => (end = receive(event) ?? end), retry);
  const reader = response.body.getReader();
  for (let part; !end && !(part = await reader.read()).done; alive()) parser.push(part.value);
  return end;
}
