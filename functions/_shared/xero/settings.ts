import { setting } from '../environment.ts';
import { XERO, type XeroApplication } from './oauth.ts';

/** Who we are at Xero, by the environment; undefined where nobody has registered an application. */
export function xeroApplication(): XeroApplication | undefined {
  const client_id = setting('XERO_CLIENT_ID');
  const client_secret = setting('XERO_CLIENT_SECRET');
  if (!client_id || !client_secret) return undefined;
  return {
    client_id,
    client_secret,
    authorize_url: setting('XERO_AUTHORIZE_URL') ?? XERO.authorize_url,
    identity_url: setting('XERO_IDENTITY_URL') ?? XERO.identity_url,
    api_url: setting('XERO_API_URL') ?? XERO.api_url,
  };
}

/** Whether what answers is an emulator. */
export const isSandbox = ({ api_url }: XeroApplication): boolean => api_url !== XERO.api_url;
