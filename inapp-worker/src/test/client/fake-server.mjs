import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * A scripted server on a free loopback port: each stream connection is handed to the test. `answer` decides an answer when the
 * request comes; it is sent when the promise of `delay` settles.
 */
export async function fakeServer({ answer = () => null, delay = () => null } = {}) {
  const streams = [];
  const waiting = [];
  const requests = [];
  const server = createServer(async (request, response) => {
    const seen = { method: request.method, url: request.url, headers: request.headers };
    requests.push(seen);
    request.setEncoding('utf8').on('data', (text) => (seen.body = (seen.body ?? '') + text));
    const scripted = answer(seen);
    await delay(seen);
    if (scripted) {
      response.writeHead(scripted.status ?? 200, { 'Content-Type': 'application/json', ...scripted.headers });
      return response.end(JSON.stringify(scripted.body ?? {}));
    }
    if (!request.url.endsWith('/stream')) {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      return response.end(JSON.stringify({ count: 0, unread_count: 0 }));
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    const stream = {
      headers: request.headers,
      send: (type, data, id) => response.write(`${id ? `id: ${id}\n` : ''}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`),
      raw: (text) => response.write(text),
      cut: () => response.destroy(),
      closed: once(response, 'close'),
    };
    return waiting.length ? waiting.shift()(stream) : streams.push(stream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    /** The next stream connection. */
    stream: () => (streams.length ? Promise.resolve(streams.shift()) : new Promise((resolve) => waiting.push(resolve))),
    close: () => (server.closeAllConnections(), server.close()),
  };
}
