/**
 * A user's preference document while it is edited: changes show at once and are saved one request at a time, each with
 * everything changed so far and the version of the answer before, so that quick clicks do not conflict with each other.
 */
export class PreferenceDraft {
  #client;
  #onChange;
  #unsaved = false;
  #saving = Promise.resolve();
  #document = null;
  #abandoned = false;

  /** @param {(document: object | null, note: {state: string, error?: Error}) => void} onChange `state`: loaded, failed, changed, saving, saved, conflict, refused */
  constructor(client, onChange) {
    this.#client = client;
    this.#onChange = onChange;
  }

  get document() {
    return this.#document;
  }

  /** Loads the document; what was not saved is lost. */
  async load(state = 'loaded', cause = undefined) {
    try {
      this.#document = await this.#client.request('/preferences');
      this.#unsaved = false;
      this.#tell(state, cause);
    } catch (error) {
      this.#tell('failed', error);
    }
  }

  /** Replaces fields of the document. @returns {Promise<void>} settles when they were sent */
  change(fields) {
    this.#document = { ...this.#document, ...fields };
    this.#unsaved = true;
    this.#tell('changed');
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  /** Stops telling anything; what was changed is still saved. */
  abandon() {
    this.#abandoned = true;
  }

  async #save() {
    if (!this.#unsaved) return;
    this.#unsaved = false;
    this.#tell('saving');
    const { version, warnings, ...body } = this.#document;
    try {
      const headers = version === undefined ? {} : { 'If-Match': `"${version}"` };
      const answer = await this.#client.request('/preferences', { method: 'PUT', body, headers });
      this.#document = this.#unsaved ? { ...this.#document, version: answer.version } : answer;
      this.#tell('saved');
    } catch (error) {
      await this.load(error.status === 412 ? 'conflict' : 'refused', error);
    }
  }

  #tell(state, error) {
    if (!this.#abandoned) this.#onChange(this.#document, { state, error });
  }
}

/**
 * What is chosen for a type on a channel, `on`, `digest` or `off`: the most precise word counts, and without one the
 * channels that the type goes to by itself.
 */
export function choiceOf({ types, categories, channels }, { type, category, channels: usual, critical }, channel) {
  const own = usual ? usual.includes(channel === 'in_app' ? 'inapp' : channel) || usual.includes(channel) : true;
  if (critical) return own ? 'on' : 'off';
  const choice = types?.[type]?.[channel] ?? categories?.[category]?.[channel];
  if (choice !== undefined && choice !== null) return choice;
  return own && channels?.[channel] !== false ? 'on' : 'off';
}

/** The document's `types` with one choice made. */
export function withChoice({ types }, type, channel, choice) {
  return { ...types, [type]: { ...types?.[type], [channel]: choice } };
}
