import { everything, nothing, policiesFor, readClaims } from './access.ts';
import type { Claims, Policies } from './access.ts';
import { roomName } from './hub.ts';
import type { Member } from './hub.ts';
import { storedMessages } from './messages.ts';
import { encode, encodeBroadcast } from './protocol.ts';
import type { Broadcast, Frame, Version } from './protocol.ts';
import type { Gateway } from './gateway.ts';

interface JoinConfig {
  private?: boolean;
  broadcast?: { ack?: boolean; self?: boolean; replay?: { since: number; limit?: number } };
  presence?: { key?: string; enabled?: boolean };
  postgres_changes?: Record<string, unknown>[];
}

/** The socket a channel speaks through. */
export interface Line {
  readonly apikey: string;
  readonly version: Version;
  write(data: string | Buffer): void;
  drop(channel: Channel): void;
}

type Reply = { status: 'ok' | 'error'; response: unknown };

const ok = (response: unknown = {}): Reply => ({ status: 'ok', response });
const refused = (reason: string): Reply => ({ status: 'error', response: { reason } });
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** One joined topic of one connection, authorised by one token at a time. */
export class Channel implements Member {
  readonly topic: string;
  readonly join_ref: string | null;
  readonly presence_key: string;
  readonly wantsPresence: boolean;
  readonly #gateway: Gateway;
  readonly #connection: Line;
  readonly #config: JoinConfig;
  readonly #room: string;
  #token: string;
  #policies: Policies = everything;
  #checking: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(gateway: Gateway, connection: Line, { topic, join_ref, ref, payload }: Frame) {
    const { config, access_token, user_token } = record(payload);
    this.#gateway = gateway;
    this.#connection = connection;
    this.topic = topic;
    this.join_ref = join_ref ?? ref;
    this.#config = record(config);
    this.#token = [access_token, user_token].find((token) => typeof token === 'string') ?? connection.apikey;
    this.presence_key = this.#config.presence?.key || crypto.randomUUID();
    this.wantsPresence = this.#config.presence?.enabled !== false;
    this.#room = roomName(this.name, Boolean(this.#config.private));
  }

  /** The topic as the application named it. */
  get name(): string {
    return this.topic.replace(/^realtime:/, '');
  }

  /** Asks to be let in; the answer goes out as the reply to the join. */
  async join(ref: string | null): Promise<boolean> {
    const refusal = await this.#authorize(this.#token);
    if (this.#closed) return false;
    if (refusal) {
      this.reply(ref, refused(refusal));
      return false;
    }
    const wanted = this.#config.postgres_changes ?? [];
    this.reply(ref, ok({ postgres_changes: wanted.map((filter, index) => ({ ...filter, id: index + 1 })) }));
    this.#gateway.hub.enter(this.#room, this);
    if (wanted.length) this.#refusePostgresChanges();
    await this.#replay();
    return true;
  }

  // Subscribing succeeds and the refusal follows, as hosted does when a subscription cannot be set up.
  #refusePostgresChanges(): void {
    const message =
      'Unable to subscribe to changes: postgres_changes is not supported here. Use broadcast from the database.';
    this.#system('postgres_changes', 'error', message);
  }

  async #replay(): Promise<void> {
    const replay = this.#config.broadcast?.replay;
    if (!replay || !this.#config.private) return;
    for (const message of await storedMessages(this.#gateway.pool, this.name, replay)) this.receive(message);
  }

  /** Checks a token and what it may do here; a sentence means no. */
  async #authorize(token: string): Promise<string | undefined> {
    const { secret, now, pool } = this.#gateway;
    const claims = await readClaims(token, secret, now()).catch((thrown: Error) => thrown);
    if (claims instanceof Error) return `InvalidJWTToken: ${claims.message}`;
    if (this.#config.private) this.#policies = await policiesFor(pool, claims, this.name).catch(() => nothing);
    if (!this.#policies.broadcast.read)
      return `Unauthorized: You do not have permissions to read from this Channel topic: ${this.name}`;
    this.#token = token;
    this.#checkAgain(claims);
    return undefined;
  }

  // At the latest when the token expires, and every few minutes for what may have been taken away meanwhile.
  #checkAgain({ exp }: Claims): void {
    clearTimeout(this.#checking);
    if (this.#closed) return;
    const left = exp === undefined ? Infinity : exp * 1000 - this.#gateway.now().getTime();
    this.#checking = setTimeout(
      () => void this.#confirm(this.#token),
      Math.max(0, Math.min(left, this.#gateway.confirmEvery)),
    );
    this.#checking.unref();
  }

  async #confirm(token: string): Promise<void> {
    const refusal = await this.#authorize(token);
    if (refusal) this.#shut(refusal.replace(/^\w+: /, ''));
  }

  /** Handles what the client sends on this topic after joining. */
  async handle({ event, payload, ref }: Frame): Promise<void> {
    if (event === 'broadcast') this.#send(record(payload), ref);
    else if (event === 'presence') this.#present(record(payload), ref);
    else if (event === 'access_token') await this.#renew(record(payload)['access_token']);
  }

  async #renew(token: unknown): Promise<void> {
    if (typeof token === 'string' && token !== this.#token) await this.#confirm(token);
  }

  // Without permission hosted drops the message and never answers, acknowledged or not.
  #send({ event, payload }: Record<string, unknown>, ref: string | null): void {
    if (!this.#policies.broadcast.write) return;
    const message = { event: typeof event === 'string' ? event : '', payload: payload ?? {} };
    this.#gateway.hub.broadcast(this.#room, message, this.#config.broadcast?.self ? undefined : this);
    if (this.#config.broadcast?.ack) this.reply(ref, ok());
  }

  #present({ event, payload }: Record<string, unknown>, ref: string | null): void {
    const { write } = this.#policies.presence;
    const kind = typeof event === 'string' ? event.toLowerCase() : '';
    if (!write) return this.reply(ref, refused('Unauthorized: You do not have permissions to track presence'));
    if (kind === 'track') this.#gateway.hub.track(this.#room, this, record(payload));
    if (kind === 'untrack') this.#gateway.hub.untrack(this.#room, this);
    return this.reply(ref, ok());
  }

  receive(broadcast: Broadcast): void {
    const { version } = this.#connection;
    const data = encodeBroadcast(broadcast, { topic: this.topic, join_ref: this.join_ref, version });
    if (data !== undefined) this.#connection.write(data);
  }

  push(event: string, payload: unknown): void {
    const { version } = this.#connection;
    const frame = { join_ref: this.join_ref, ref: null, topic: this.topic, event, payload };
    if (event.startsWith('presence') && !this.#policies.presence.read) return;
    this.#connection.write(encode(frame, version));
  }

  reply(ref: string | null, payload: Reply): void {
    const frame = { join_ref: this.join_ref, ref, topic: this.topic, event: 'phx_reply', payload };
    this.#connection.write(encode(frame, this.#connection.version));
  }

  #system(extension: string, status: string, message: string): void {
    this.push('system', { extension, status, message, channel: this.name });
  }

  #shut(message: string): void {
    if (this.#closed) return;
    this.#system('system', 'error', message);
    this.#connection.drop(this);
    this.sayClosed();
  }

  /** Tells the client that this join is over, so that it does not wait. */
  sayClosed(): void {
    const frame = { join_ref: this.join_ref, ref: this.join_ref, topic: this.topic, event: 'phx_close', payload: {} };
    this.#connection.write(encode(frame, this.#connection.version));
  }

  /** Leaves the room. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#checking);
    this.#gateway.hub.leave(this.#room, this);
  }
}
