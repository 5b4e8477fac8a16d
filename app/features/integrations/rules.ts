import type { DeliveryRow, IntegrationRow } from '../../data/schema.gen.ts';

/** What holds a thing that is on its way, in the order in which a person has to deal with it. */
export type Standing =
  | { readonly kind: 'sent' | 'sending' | 'failed' }
  | { readonly kind: 'held'; readonly by: 'disconnected' | 'paused' | 'needs_attention' }
  | { readonly kind: 'queued' | 'retrying'; readonly at: string | null };

/** Where a thing is on its way. What waits in front of a shut or busy door waits for the door, whatever its own clock says. */
export function standingOf(
  { state, next_try_at }: Pick<DeliveryRow, 'state' | 'next_try_at'>,
  integration: Pick<IntegrationRow, 'status' | 'next_try_at'> | undefined,
): Standing {
  if (state !== 'queued' && state !== 'retrying') return { kind: state };
  if (integration && integration.status !== 'connected') return { kind: 'held', by: integration.status };
  return { kind: state, at: later(next_try_at, integration?.next_try_at ?? null) };
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Date.parse(one) > Date.parse(other) ? one : other;
}

/** Whether a provider has merely asked us to wait: asking sooner would be asking for longer. */
export const isAskedToWait = ({ error_code }: Pick<DeliveryRow | IntegrationRow, 'error_code'>): boolean =>
  error_code === 'too_many_requests' || error_code === 'lane_empty';

/** Whether trying again could help: what is being sent or has arrived needs nothing. */
export const canRetry = (delivery: Pick<DeliveryRow, 'state' | 'error_code'>): boolean =>
  delivery.state === 'failed' || (delivery.state === 'retrying' && !isAskedToWait(delivery));

/** Whether it can still be given up. */
export const canGiveUp = ({ state, error_code }: Pick<DeliveryRow, 'state' | 'error_code'>): boolean =>
  state === 'queued' || state === 'retrying' || (state === 'failed' && error_code !== 'given_up');

/** Whether an instant lies ahead. */
export const isAhead = (instant: string | null, now: number): instant is string =>
  instant !== null && Date.parse(instant) > now;
