import type { Tracking } from '../../../app/features/books/rules.ts';
import type { AccountingPort } from '../accounting.ts';
import type { Credentials } from '../credentials.ts';
import type { Ask } from '../database.ts';
import type { JobContext } from '../jobs.ts';
import { fatal, signInAgain } from '../outcome.ts';
import type { Queue } from '../queue.ts';
import { xero } from './adapter.ts';
import { refresh, type XeroApplication, type XeroTokens } from './oauth.ts';

/** What Xero's errands lean on. */
export interface XeroRoom {
  readonly ask: Ask;
  readonly queue: Pick<Queue, 'enqueue'>;
  readonly credentials: Pick<Credentials, 'fresh'>;
  readonly application: () => XeroApplication | undefined;
  /** The bytes of a receipt. */
  readonly load: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** Where people open a claim; without a trailing slash. */
  readonly portal_url: string | undefined;
}

/** The books of one organisation, opened. */
export interface OpenBooks {
  readonly port: AccountingPort;
  readonly tracking: readonly Tracking[];
}

/** Opens the books of an organisation for an errand. However many errands ask at once, an old token is renewed once. */
export async function openBooks(room: XeroRoom, organizationId: string, context: JobContext): Promise<OpenBooks> {
  const application = room.application();
  if (!application) throw fatal('not_set_up', 'XERO_CLIENT_ID and XERO_CLIENT_SECRET are missing.');
  const books = await room.ask<{ tenant_id: string; tracking: Tracking[] } | null>('books', {
    organization: organizationId,
  });
  if (!books) throw signInAgain('Nobody has let us in.');
  const token = tokenOf(room, application, organizationId);
  const access = { api_url: application.api_url, tenant_id: books.tenant_id, token, call: context.call };
  return { port: xero(access), tracking: books.tracking };
}

function tokenOf({ credentials }: XeroRoom, application: XeroApplication, organizationId: string) {
  let version: number | undefined;
  const renew = async ({ refresh_token }: XeroTokens) => {
    const value = await refresh(application, refresh_token);
    return { value, expiresAt: new Date(value.expires_at) };
  };
  return async (refused: boolean): Promise<string> => {
    const held = await credentials.fresh<XeroTokens>(organizationId, 'xero', renew, refused ? version : undefined);
    version = held.version;
    return held.value.access_token;
  };
}
