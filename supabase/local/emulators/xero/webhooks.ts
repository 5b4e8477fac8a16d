import { createHmac, randomBytes } from 'node:crypto';
import type { State, WebhookEvent } from './state.ts';

/** Where events go, and the key they are signed with. */
export interface Subscriber {
  readonly url: string;
  readonly key: string;
  readonly fetch: typeof fetch;
}

/** How deliveries may go wrong on purpose. */
export interface Mischief {
  /** Each delivery is sent this many times. */
  readonly times?: number;
  /** The newest event goes first. */
  readonly reversed?: boolean;
  /** Signs with another key. */
  readonly forged?: boolean;
}

const PATIENCE_MS = 5_000;

/** Base64 of HMAC-SHA256 over the raw body, as Xero puts it into `x-xero-signature`. */
export const sign = (body: string, key: string): string => createHmac('sha256', key).update(body).digest('base64');

/** Sends what waits; an event leaves the queue when the subscriber answered 200 with an empty body. Answers the statuses. */
export async function deliver(state: State, to: Subscriber, mischief: Mischief = {}): Promise<number[]> {
  const waiting = [...state.events];
  const ordered = mischief.reversed ? waiting.toReversed() : waiting;
  const statuses: number[] = [];
  for (const event of ordered) {
    const body = envelope([event]);
    for (let turn = 0; turn < (mischief.times ?? 1); turn++) {
      const status = await send(body, to, mischief);
      statuses.push(status);
      if (status === 200) state.events = state.events.filter((one) => one.sequence !== event.sequence);
    }
  }
  return statuses;
}

/** The empty delivery by which Xero finds out whether a subscriber checks signatures. */
export const intentToReceive = (to: Subscriber, mischief: Mischief = {}): Promise<number> =>
  send(envelope([]), to, mischief);

async function send(body: string, to: Subscriber, { forged = false }: Mischief): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'x-xero-signature': sign(body, forged ? `${to.key}?` : to.key),
  };
  try {
    const reply = await to.fetch(to.url, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE_MS) });
    const said = await reply.text();
    return reply.status === 200 && (said !== '' || reply.headers.has('set-cookie')) ? 0 : reply.status;
  } catch {
    return 0;
  }
}

function envelope(events: readonly WebhookEvent[]): string {
  return JSON.stringify({
    events: events.map(({ resourceId, tenantId, eventType, at }) => ({
      resourceUrl: `https://api.xero.com/api.xro/2.0/Invoices/${resourceId}`,
      resourceId,
      eventDateUtc: at,
      eventType,
      eventCategory: 'INVOICE',
      tenantId,
      tenantType: 'ORGANISATION',
    })),
    firstEventSequence: events[0]?.sequence ?? 0,
    lastEventSequence: events.at(-1)?.sequence ?? 0,
    entropy: randomBytes(10).toString('hex').toUpperCase(),
  });
}
