import { rows } from '../../data/db.ts';
import type { DeliveryRow, IntegrationRow } from '../../data/schema.gen.ts';
import { titleOf } from '../expenses/index.ts';

/** What somebody signs in to, whether or not they have yet. A provider joins when it can be connected. */
const CONNECTABLE = ['xero'];
/** A page shows so many of each kind; the number says how many there are. */
const SHOWN = 50;

/** Something on its way, with what it is called. */
export interface Item {
  readonly delivery: DeliveryRow;
  readonly integration: IntegrationRow | undefined;
  readonly title: string | undefined;
  readonly path: string | undefined;
}

/** A provider with how the organisation stands there; no row when nobody has ever connected. */
export interface Card {
  readonly provider: string;
  readonly row: IntegrationRow | undefined;
  readonly connectedBy: string | undefined;
  readonly waiting: number;
  readonly failed: number;
}

/** Everything the integrations page shows. */
export interface Overview {
  readonly cards: readonly Card[];
  readonly failed: readonly Item[];
  readonly failedCount: number;
  readonly waiting: readonly Item[];
  readonly waitingCount: number;
}

/** How an organisation stands with its providers, what is on its way, and what needs somebody. */
export async function overviewOf(organization_id: string): Promise<Overview> {
  const integrations = await rows('integrations').where('organization_id').equals(organization_id).toArray();
  const open = (
    await rows('deliveries').where('state').anyOf('queued', 'sending', 'retrying', 'failed').toArray()
  ).filter((row) => row.organization_id === organization_id);
  const failed = open.filter(({ state }) => state === 'failed').sort(newestFirst);
  const waiting = open.filter(({ state }) => state !== 'failed').sort(newestFirst);
  const named = (some: readonly DeliveryRow[]) =>
    Promise.all(some.slice(0, SHOWN).map((delivery) => itemOf(delivery, integrations)));
  const providers = new Set([...CONNECTABLE, ...integrations.map(({ provider }) => provider)]);
  return {
    cards: await Promise.all([...providers].map((provider) => cardOf(provider, integrations, { failed, waiting }))),
    failed: await named(failed),
    failedCount: failed.length,
    waiting: await named(waiting),
    waitingCount: waiting.length,
  };
}

const newestFirst = (a: DeliveryRow, b: DeliveryRow): number => b.updated_at.localeCompare(a.updated_at);

async function cardOf(
  provider: string,
  integrations: readonly IntegrationRow[],
  { failed, waiting }: { failed: readonly DeliveryRow[]; waiting: readonly DeliveryRow[] },
): Promise<Card> {
  const row = integrations.find((each) => each.provider === provider);
  const person = row?.connected_by ? await rows('people').get(row.connected_by) : undefined;
  const here = (some: readonly DeliveryRow[]) => some.filter((each) => each.provider === provider).length;
  return { provider, row, connectedBy: person?.display_name, waiting: here(waiting), failed: here(failed) };
}

async function itemOf(delivery: DeliveryRow, integrations: readonly IntegrationRow[]): Promise<Item> {
  const integration = integrations.find(({ provider }) => provider === delivery.provider);
  return { delivery, integration, ...(await subjectOf(delivery)) };
}

/** What is sent, as people call it, and where it is looked at. */
async function subjectOf({ subject_table, subject_id }: DeliveryRow): Promise<Pick<Item, 'title' | 'path'>> {
  if (subject_table === 'expenses') {
    const claim = await rows('expenses').get(subject_id);
    return { title: claim && titleOf(claim), path: claim && `/expenses/${subject_id}` };
  }
  if (subject_table === 'invitations') {
    const invitation = await rows('invitations').get(subject_id);
    return { title: invitation?.email, path: invitation && '/people' };
  }
  return { title: undefined, path: undefined };
}

/** Where one thing is on its way to a provider; nothing when it never set out, or is not for these eyes. */
export async function deliveryOf(subject_id: string, provider: string): Promise<Item | undefined> {
  const delivery = await rows('deliveries')
    .where('subject_id')
    .equals(subject_id)
    .filter((row) => row.provider === provider)
    .first();
  if (!delivery) return undefined;
  return itemOf(
    delivery,
    await rows('integrations').where('organization_id').equals(delivery.organization_id).toArray(),
  );
}
