import { Client } from 'pg';
import type pg from 'pg';
import type { Hub } from './hub.ts';
import { roomName } from './hub.ts';
import type { Broadcast } from './protocol.ts';

interface MessageRow {
  id: string;
  topic: string;
  event: string;
  payload: unknown;
  private: boolean;
}

const columns = 'id, topic, event, payload, private';
const hour = 3_600_000;

const asBroadcast = ({ id, event, payload }: MessageRow, replayed?: true): Broadcast => ({
  event,
  payload,
  meta: { id, ...(replayed && { replayed }) },
});

/** Reads the latest stored messages of a private topic since a moment (milliseconds), oldest first. */
export async function storedMessages(
  pool: pg.Pool,
  topic: string,
  replay: { since: number; limit?: number },
): Promise<Broadcast[]> {
  const { rows } = await pool.query<MessageRow>(
    `select ${columns} from realtime.messages where topic = $1 and private and extension = 'broadcast'
       and inserted_at > to_timestamp($2::float8 / 1000) at time zone 'utc' order by inserted_at desc limit $3`,
    [topic, replay.since, Math.min(replay.limit ?? 25, 25)],
  );
  return rows.reverse().map((row) => asBroadcast(row, true));
}

/**
 * Carries messages that SQL has stored to whoever listens, in the order of their commits. Notifications name rows;
 * the rows are read when they arrive. A lost connection is opened again; what was sent meanwhile is not delivered,
 * as on hosted: receivers pull when they have subscribed again.
 */
export class DatabaseMessages {
  readonly #pool: pg.Pool;
  readonly #url: string;
  readonly #hub: Hub;
  readonly #pruning: NodeJS.Timeout;
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #waiting: string[] = [];
  #busy = false;
  #closed = false;
  /** Settles when the first connection listens. */
  readonly ready: Promise<void>;

  constructor(pool: pg.Pool, url: string, hub: Hub) {
    this.#pool = pool;
    this.#url = url;
    this.#hub = hub;
    this.ready = this.#listen();
    this.#pruning = setInterval(() => this.#prune(), hour);
    this.#pruning.unref();
    this.#prune();
  }

  /** Stops listening. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#pruning);
    clearTimeout(this.#retry);
    await this.ready;
    await this.#client?.end().catch(() => undefined);
  }

  async #listen(): Promise<void> {
    const client = new Client({ connectionString: this.#url, application_name: 'realtime', keepAlive: true });
    client.on('notification', ({ payload }) => payload && this.#arrived(payload));
    client.on('error', () => undefined);
    client.on('end', () => this.#again());
    this.#client = client;
    try {
      await client.connect();
      await client.query('listen realtime_message');
    } catch {
      await client.end().catch(() => undefined);
      this.#again();
    }
  }

  #again(): void {
    if (this.#closed) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#listen(), 250);
  }

  #arrived(id: string): void {
    this.#waiting.push(id);
    if (!this.#busy) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length) {
      const ids = this.#waiting.splice(0, 200);
      await this.#deliver(ids).catch((thrown: unknown) => this.#closed || console.error('realtime:', thrown));
    }
    this.#busy = false;
  }

  async #deliver(ids: string[]): Promise<void> {
    const { rows } = await this.#pool.query<MessageRow>(
      `select ${columns} from unnest($1::uuid[]) with ordinality as wanted(id, place)
       join realtime.messages using (id) order by place`,
      [ids],
    );
    for (const row of rows) this.#hub.broadcast(roomName(row.topic, row.private), asBroadcast(row));
  }

  #prune(): void {
    this.#pool.query('select realtime.prune_messages()').catch(() => undefined);
  }
}
