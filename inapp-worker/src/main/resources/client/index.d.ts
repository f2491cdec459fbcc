/** One entry of the feed. Every text is data, never markup. */
export interface CarillonNotification {
  id: string;
  type?: string | null;
  category?: string | null;
  level?: 'info' | 'success' | 'warning' | 'error';
  priority?: 'low' | 'normal' | 'high' | 'urgent';
  title?: string | null;
  body?: string | null;
  is_read?: boolean;
  read_at?: string | null;
  seen_at?: string | null;
  archived_at?: string | null;
  snoozed_until?: string | null;
  /** When it came back from being snoozed; it stands there in the list. */
  woken_at?: string | null;
  /** The button that was pressed, of those without a link. */
  acted?: string | null;
  acted_at?: string | null;
  created_at?: string;
  expires_at?: string | null;
  actor?: { id: string; name?: string | null } | null;
  subjects?: { type: string; id: string; name?: string | null; url?: string | null }[];
  data?: Record<string, unknown>;
  actions?: { id: string; label: string; url?: string | null }[];
  image?: string | null;
  action_url?: string | null;
  group?: string | null;
  thread?: string | null;
  /** Of an entry that stands for a thread: how many it has. */
  thread_count?: number | null;
  mode?: CarillonMode;
  icon?: string | null;
  /** Shown without toast and sound. */
  silent?: boolean;
  /** Told again on connecting, because no client acknowledged it before. */
  replayed?: boolean;
  /** Of a merged one: what is in it, oldest first. */
  items?: { id: string; title?: string | null; body?: string | null; action_url?: string | null; created_at: string }[];
  /** Of a merged one: how many further ones did not fit. */
  more?: number;
  /** Orders the versions of a notification: a higher one replaces a lower. */
  rev?: unknown;
}

export type CarillonMode = 'queued' | 'timeseries' | 'ephemeral';

export interface NotificationPage {
  notifications: CarillonNotification[];
  unread_count: number;
  total: number;
  filtered_count?: number;
  page?: number;
  per_page?: number;
  pages?: number;
  limit?: number;
  offset?: number;
  next_cursor: string | null;
}

export interface ListQuery {
  type?: string;
  category?: string;
  status?: 'unread' | 'read' | 'archived' | 'snoozed';
  date_range?: 'today' | 'week' | 'month' | '3months' | 'all';
  priority?: string;
  group?: string;
  subject?: string;
  thread?: string;
  /** Where days begin; the browser's zone by default. */
  time_zone?: string;
  q?: string;
  limit?: number;
  /** Goes before `offset`, and that before `page`. */
  cursor?: string | null;
  offset?: number;
  page?: number;
  /** The same as `status: 'unread'`. */
  unread_only?: boolean;
  /** What was sent to this session alone. */
  scope?: 'session';
}

export interface NotificationType {
  name: string;
  label?: string | null;
  icon?: string | null;
  category?: string | null;
  level?: string | null;
  channels?: string[];
  critical?: boolean;
  /** How many the feed has. */
  count?: number;
}

/** What happened to notifications: of one, several, a group or all. */
export interface NotificationChange extends Partial<CarillonNotification> {
  ids?: string[];
  all?: boolean;
  /** Of all: only what was created until then. */
  up_to?: string;
  dismissed?: boolean;
  deleted?: boolean;
  replaced_by?: string;
  /** Its time is over; said to whoever is connected then. */
  expired?: boolean;
  /** It comes back from being snoozed: the notification follows. */
  woken?: boolean;
}

export type CarillonStatus = 'connecting' | 'connected' | 'reconnecting' | 'suspended' | 'disconnected';

export type CarillonTransport = 'sse' | 'websocket' | 'polling';

export interface StatusDetail {
  status: CarillonStatus;
  /** Why, e.g. `offline`, `stale`, `http_503`, `unauthorized`. */
  reason?: string;
  /** Failures in a row, while reconnecting. */
  attempt?: number;
  /** Milliseconds until the next attempt, while reconnecting. */
  delay?: number;
  /** What carries the connection where it is not the best. */
  transport?: CarillonTransport;
}

export interface ModeOptions {
  /** How long a toast stays, in milliseconds; false leaves it until it is closed. */
  autoClear?: number | false;
}

export interface ClientSettings {
  queued?: ModeOptions;
  timeseries?: ModeOptions;
  ephemeral?: ModeOptions;
  /** Keeps the connection while nobody looks at any tab; false. */
  persistConnection?: boolean;
}

export interface CarillonOptions extends ClientSettings {
  /** Where the API is, before `/api/v1`; the page's own origin where absent. */
  baseUrl?: string;
  /** The user's token, or what fetches one; it is asked again with `renew` after a 401. */
  token?: string | ((options: { renew: boolean }) => string | Promise<string>);
  fetch?: typeof fetch;
  /** Where `carillon-notification` and `carillon-status` are dispatched. */
  document?: EventTarget;
  /** Silence after which a connection is given up as dead, in milliseconds; 75,000. */
  staleAfter?: number;
  /** Time without a look at any of the user's tabs until the connection rests, in milliseconds; 300,000. */
  suspendAfter?: number;
  /** What may carry the connection; all, best first: the next is tried where one does not get through. */
  transports?: CarillonTransport[];
  /** The browser's lock manager, by which the tabs of a user share one connection; null gives each its own. */
  locks?: LockManager | null;
  /** Pauses between attempts, in milliseconds; from 500, doubling, to 30,000. */
  backoff?: { base?: number; cap?: number; random?: () => number };
}

export interface CarillonClientEventMap {
  status: CustomEvent<StatusDetail>;
  /**
   * `toast` is false for silent and replayed ones, and where the page prevented it. Queued ones are acknowledged for the
   * page: the server does not replay them to a client that begins.
   */
  notification: CustomEvent<{ notification: CarillonNotification; toast: boolean }>;
  updated: CustomEvent<NotificationChange>;
  count: CustomEvent<{ count: number }>;
  /** The gap was too long to be replayed: load again what is shown. */
  reload: CustomEvent<Record<string, never>>;
}

export interface RequestOptions {
  method?: string;
  query?: Record<string, unknown>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export class CarillonClient extends EventTarget {
  constructor(options?: CarillonOptions);
  static connect(options?: CarillonOptions): CarillonClient;
  readonly options: ClientSettings;
  readonly status: CarillonStatus;
  readonly count: number | null;
  readonly userId: string | null;
  lastSeen: string;
  configure(settings: ClientSettings): this;
  connect(): void;
  disconnect(): void;
  list(query?: ListQuery): Promise<NotificationPage>;
  types(): Promise<{ types: NotificationType[] }>;
  unreadCount(): Promise<number>;
  markRead(id: string): Promise<unknown>;
  markUnread(id: string): Promise<unknown>;
  markAllRead(): Promise<unknown>;
  markAllSeen(): Promise<unknown>;
  dismiss(id: string): Promise<unknown>;
  dismissGroup(group: string): Promise<unknown>;
  archive(id: string): Promise<unknown>;
  unarchive(id: string): Promise<unknown>;
  snooze(id: string, until: Date | string): Promise<unknown>;
  act(id: string, action: string): Promise<unknown>;
  markManyRead(ids: string[]): Promise<unknown>;
  dismissMany(ids: string[]): Promise<unknown>;
  request<T = any>(path: string, options?: RequestOptions): Promise<T>;
  addEventListener<K extends keyof CarillonClientEventMap>(
    type: K,
    listener: (this: CarillonClient, event: CarillonClientEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
}

/** The server's refusal; `status` 0 where no answer came. */
export class CarillonError extends Error {
  readonly status: number;
  readonly problem: { type?: string; title?: string; detail?: string; errors?: { field?: string; message?: string }[] } | null;
  /** Milliseconds that the server asked us to wait; 0 where it did not. */
  readonly retryAfter: number;
}

declare class CarillonElement extends HTMLElement {
  static define(tag?: string, registry?: CustomElementRegistry): typeof CarillonElement;
  /** Its own client; the page's where none was set. */
  get client(): CarillonClient | null;
  set client(client: CarillonClient | null);
}

export class CarillonBell extends CarillonElement {
  readonly limit: number;
  readonly inboxUrl: string | null;
  readonly open: boolean;
  toggle(open?: boolean): void;
}

export class CarillonToasts extends CarillonElement {
  readonly max: number;
  readonly position: 'top-start' | 'top-end' | 'bottom-start' | 'bottom-end';
  show(notification: CarillonNotification): void;
}

export type PushState = 'busy' | 'off' | 'on' | 'denied' | 'unsupported' | 'install' | 'insecure' | 'failed' | 'hidden';

export class CarillonPush extends CarillonElement {
  readonly worker: string;
  readonly scope: string | undefined;
  readonly state: PushState;
}

export class CarillonInbox extends CarillonElement {
  readonly limit: number;
}

export class CarillonPreferences extends CarillonElement {
  readonly preferences: Record<string, any> | null;
}

export class EventStreamParser {
  constructor(onEvent: (event: { type: string; data: string; id: string }) => void, onRetry?: (milliseconds: number) => void);
  push(chunk: Uint8Array | string): void;
}

/** The link as an absolute http(s) address, or null for one that must not be followed. */
export function safeLink(link: unknown, base?: string): string | null;

/** The client of this page's components; the one before is not closed. */
export function providePageClient(client: CarillonClient | null): void;

/** Adds icons for notifications to name: paths in a 24 × 24 box, drawn with a stroke. */
export function addIcons(paths: Record<string, string>): void;

/** Replaces texts of the components, e.g. with another language's. */
export function setStrings(strings: Texts): void;

/** Adds texts for pages in a language, e.g. `de`; what is missing stays English. `de.js` brings German. */
export function addLanguage(code: string, texts: Texts): void;

export type Texts = Record<string, string | ((...values: any[]) => string)>;

declare global {
  interface HTMLElementTagNameMap {
    'carillon-bell': CarillonBell;
    'carillon-toasts': CarillonToasts;
    'carillon-push': CarillonPush;
    'carillon-inbox': CarillonInbox;
    'carillon-preferences': CarillonPreferences;
  }
  interface DocumentEventMap {
    'carillon-notification': CustomEvent<CarillonNotification>;
    'carillon-status': CustomEvent<StatusDetail>;
  }
}
