import { openXero, type Xero, type XeroOptions } from './emulator.ts';

/** Where the emulator of a test says it is. */
export const ORIGIN = 'https://xero.test';
export const APPLICATION = {
  clientId: 'TESTCLIENT',
  clientSecret: 'test-secret',
  redirectUris: ['https://portal.test/functions/v1/connect/callback'],
};

/** A clock that a test moves. */
export interface TestClock {
  now: number;
}

/** An emulator in this process, and the `fetch` that reaches it. */
export interface TestXero {
  readonly xero: Xero;
  readonly fetch: typeof fetch;
  readonly clock: TestClock;
  /** Every call to the books: "PUT /Invoices". */
  readonly calls: string[];
}

/** Opens an emulator for one test. */
export async function openTestXero(options: Partial<XeroOptions> = {}): Promise<TestXero> {
  const clock = { now: Date.parse('2026-11-25T09:00:00Z') };
  const xero = await openXero({ application: APPLICATION, now: () => clock.now, ...options });
  const calls: string[] = [];
  const ask: typeof fetch = async (input, init) => {
    const request = new Request(input as string, init);
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/api.xro/2.0')) calls.push(`${request.method} ${pathname.slice('/api.xro/2.0'.length)}`);
    return xero.handle(request);
  };
  return { xero, fetch: ask, clock, calls };
}

/** Presses "Allow access" on the page at this address; answers where the browser is sent. */
export async function allow(ask: typeof fetch, consent: string, tenant?: string, decision = 'allow'): Promise<URL> {
  const page = await ask(consent);
  const html = await page.text();
  if (!page.ok) throw new Error(html);
  const form = new URLSearchParams({ decision });
  for (const [, name, value] of html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g))
    form.set(
      name!,
      value!.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
    );
  if (tenant) form.set('tenant', tenant);
  const reply = await ask(consent, { method: 'POST', body: form.toString() });
  return new URL(reply.headers.get('location')!);
}
