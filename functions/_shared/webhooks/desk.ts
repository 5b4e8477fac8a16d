import type { Credentials } from '../credentials.ts';
import type { Ask } from '../database.ts';
import { setting } from '../environment.ts';
import type { Desk } from './receive.ts';
import type { Webhook } from './webhook.ts';

/** Keys of our app at a provider: `XERO_WEBHOOK_KEYS`, separated by commas while they are being changed. */
const appKeys = (provider: string): string[] =>
  (setting(`${provider.toUpperCase()}_WEBHOOK_KEYS`) ?? '').split(',').flatMap((key) => key.trim() || []);

/** The desk in the database. A connection's own keys are kept with its credentials, as `webhook_keys`. */
export function deskBy(ask: Ask, credentials: Credentials, webhooks: readonly Webhook[]): Desk {
  return {
    webhooks,
    appKeys,
    connection: async (provider, id) => {
      const [found] = await ask<{ organization_id: string; provider: string }[]>('connection', { integration: id });
      if (found?.provider !== provider) return undefined;
      const held = await credentials.get<{ webhook_keys?: string[] }>(found.organization_id, provider);
      return { organizationId: found.organization_id, keys: held?.value.webhook_keys ?? appKeys(provider) };
    },
    keep: async ({ provider, eventId, body, organizationId, connectionId }) => {
      const whose = { organization: organizationId ?? null, connection: connectionId ?? null };
      await ask('receive', { provider, event_id: eventId, body, ...whose });
    },
  };
}
