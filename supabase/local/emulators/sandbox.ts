import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Service } from '../gateway/http.ts';
import type { Xero } from './xero/emulator.ts';
import type { State } from './xero/state.ts';

/** Emulators in place of the providers for which nobody has given credentials. */
export interface Sandbox {
  /** Settings by which the functions find them; empty where the real provider is meant. */
  readonly env: Record<string, string>;
  readonly routes: { prefix: string; service: Service; apikey: 'never'; stream: true }[];
}

const MOUNT = '/sandbox/xero';
const CLIENT = { clientId: 'sandbox', clientSecret: 'sandbox-secret' };
const WEBHOOK_KEY = 'sandbox-webhook-key';

/** Opens the sandbox of a stack. Real credentials in `functions/.env` switch its emulators off one by one. */
export function openSandbox(options: { url: string; dataDir: string; given: Record<string, string> }): Sandbox {
  return options.given['XERO_CLIENT_ID'] ? { env: {}, routes: [] } : xeroSandbox(options);
}

function xeroSandbox({ url, dataDir }: { url: string; dataDir: string }): Sandbox {
  const base = `${url}${MOUNT}`;
  const env = {
    XERO_CLIENT_ID: CLIENT.clientId,
    XERO_CLIENT_SECRET: CLIENT.clientSecret,
    XERO_AUTHORIZE_URL: `${base}/identity/connect/authorize`,
    XERO_IDENTITY_URL: base,
    XERO_API_URL: base,
    XERO_WEBHOOK_KEYS: WEBHOOK_KEY,
  };
  let opened: Promise<Xero> | undefined;
  const service: Service = async (request) => (await (opened ??= openXeroFor(url, dataDir))).handle(request);
  return { env, routes: [{ prefix: MOUNT, service, apikey: 'never', stream: true }] };
}

/** Loaded with its first request; what was done in it outlives a restart. */
async function openXeroFor(url: string, dataDir: string): Promise<Xero> {
  const { openXero } = await import('./xero/emulator.ts');
  const file = join(dataDir, 'sandbox/xero.json');
  const state = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : undefined;
  return openXero({
    application: { ...CLIENT, redirectUris: [`${url}/functions/v1/connect/xero/callback`] },
    subscriber: { url: `${url}/functions/v1/webhooks/xero`, key: WEBHOOK_KEY, fetch },
    autoDeliver: true,
    mount: MOUNT,
    ...(state ? { state } : {}),
    save: (kept) => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(kept));
    },
  });
}
