import type { Connection } from '../connections.ts';
import { fatal } from '../outcome.ts';
import { connections, consentUrl, redeem, type XeroApplication } from './oauth.ts';
import { isSandbox } from './settings.ts';

/** How an organisation lets us into its Xero. Of several organisations there, the one chosen last is meant. */
export const xeroConnection = (application: () => XeroApplication | undefined): Connection => ({
  provider: 'xero',
  authorizeUrl: ({ state, redirectUri }) => consentUrl(registered(application), state, redirectUri),
  signIn: async ({ query, redirectUri }) => {
    const app = registered(application);
    const back = { code: query.get('code') ?? '', state: query.get('state') ?? '', redirect_uri: redirectUri };
    const tokens = await redeem(app, back);
    const [chosen] = await connections(app, tokens.access_token);
    if (!chosen) throw fatal('no_organisation', 'No organisation of Xero was chosen.');
    return {
      credentials: tokens,
      expiresAt: new Date(tokens.expires_at),
      accountName: chosen.tenantName,
      accountId: chosen.tenantId,
      sandbox: isSandbox(app),
    };
  },
});

function registered(application: () => XeroApplication | undefined): XeroApplication {
  const app = application();
  if (!app) throw fatal('not_set_up', 'XERO_CLIENT_ID and XERO_CLIENT_SECRET are missing.');
  return app;
}
