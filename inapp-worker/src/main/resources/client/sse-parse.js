/** The longest line that is kept, in UTF-16 units; a longer one is no stream of ours. */
const MAX_LINE = 1 << 20;

/**
 * Parser of the event-stream format (WHATWG HTML, "Server-sent events"). Takes the stream in chunks that may be cut
 * anywhere, inside a line end or a UTF-8 sequence too, and calls back once per complete event. Does no I/O.
 */
export class EventStreamParser {
  #onEvent;
  #onRetry;
  #decoder = new TextDecoder();
  #rest = '';
  #afterCr = false;
  #type = '';
  #data = [];
  #id = '';

  /**
   * @param {(event: {type: string, data: string, id: string}) => void} onEvent `id` is the last one sent, also for
   *     events that carry none
   * @param {(milliseconds: number) => void} [onRetry] the server's wish for the pause before a reconnect
   */
  constructor(onEvent, onRetry = () => {}) {
    this.#onEvent = onEvent;
    this.#onRetry = onRetry;
  }

  /** @param {Uint8Array | string} chunk */
  push(chunk) {
    let text = typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk, { stream: true });
    if (text === '') return;
    if (this.#afterCr && text[0] === '\n') text = text.slice(1);
    this.#afterCr = text.endsWith('\r');
    let start = 0;
    for (const end of text.matchAll(/\r\n?|\n/g)) {
      this.#line(this.#rest + text.slice(start, end.index));
      this.#rest = '';
      start = end.index + end[0].length;
    }
    this.#rest += text.slice(start);
    if (this.#rest.length > MAX_LINE) throw new RangeError(`a line exceeds ${MAX_LINE} characters`);
  }

  #line(line) {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return; // a comment
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#type = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) this.#onRetry(Number(value));
  }

  #dispatch() {
    const event = { type: this.#type || 'message', data: this.#data.join('\n'), id: this.#id };
    const complete = this.#data.length > 0;
    this.#type = '';
    this.#data = [];
    if (complete) this.#onEvent(event);
  }
}
