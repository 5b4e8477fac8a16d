import { call, type Call } from '../../../../functions/_shared/http.ts';
import { allow, APPLICATION, openTestXero, ORIGIN, type TestXero } from './testing.ts';
import {
  connections,
  consentUrl,
  redeem,
  type XeroApplication,
  type XeroTokens,
} from '../../../../functions/_shared/xero/oauth.ts';
import type { XeroAccess } from '../../../../functions/_shared/xero/transport.ts';

/** The emulator as an application of ours sees it. */
export const applicationAt = (ask: typeof fetch): XeroApplication => ({
  client_id: APPLICATION.clientId,
  client_secret: APPLICATION.clientSecret,
  authorize_url: `${ORIGIN}/identity/connect/authorize`,
  identity_url: ORIGIN,
  api_url: ORIGIN,
  fetch: ask,
});

const redirect_uri = APPLICATION.redirectUris[0]!;

/** Goes the whole way of a person who lets us in. */
export async function letIn(app: XeroApplication, ask: typeof fetch, tenant?: string): Promise<XeroTokens> {
  const back = await allow(ask, (await consentUrl(app, 'state', redirect_uri)).href, tenant);
  return redeem(app, { code: back.searchParams.get('code')!, state: back.searchParams.get('state')!, redirect_uri });
}

/** How long a test waits for an answer that does not come, in milliseconds. */
const PATIENCE_MS = 60;

/** An emulator with somebody who let us in. */
export async function connectedXero(): Promise<TestXero & { app: XeroApplication; access: XeroAccess }> {
  const world = await openTestXero();
  const app = applicationAt(world.fetch);
  const tokens = await letIn(app, world.fetch);
  const [first] = await connections(app, tokens.access_token);
  const leave = (request: Call) => call({ ...request, fetch: world.fetch });
  const token = () => Promise.resolve(tokens.access_token);
  const access = { api_url: ORIGIN, tenant_id: first!.tenantId, token, call: leave, patience_ms: PATIENCE_MS };
  return { ...world, app, access };
}
