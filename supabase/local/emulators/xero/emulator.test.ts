import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Invoice, LineAmountTypes, XeroClient } from 'xero-node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sendResponse, toRequest } from '../../gateway/http.ts';
import type { Xero } from './emulator.ts';
import { openSpecification } from './specification.ts';
import { allow, APPLICATION, openTestXero } from './testing.ts';
import { sign } from './webhooks.ts';

// Compiling Xero's description takes a moment, on a busy machine several seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

// Xero's own SDK drives the emulator over HTTP: what it cannot read or is refused, we have not understood.

const TENANT = 'b0a1c2d3-0001-4000-8000-000000000001';
const SCOPES =
  'offline_access accounting.invoices accounting.payments accounting.settings accounting.contacts accounting.attachments';
let server: Server;
let origin: string;
let world: Awaited<ReturnType<typeof openTestXero>>;
let sdk: XeroClient;

beforeAll(async () => {
  world = await openTestXero();
  server = createServer((message, reply) => {
    void toRequest(message, false)
      .then((request) => world.xero.handle(request))
      .then((response) => sendResponse(response, reply));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sdk = await connected();
});
afterAll(() => new Promise((closed) => server.close(closed)));

async function tokensFor(scope: string): Promise<{ access_token: string; refresh_token: string }> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: APPLICATION.clientId,
    redirect_uri: APPLICATION.redirectUris[0]!,
    scope,
    state: 'abc',
  });
  const back = await allow(fetchHere, `${origin}/identity/connect/authorize?${query}`);
  const form = {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code')!,
    redirect_uri: APPLICATION.redirectUris[0]!,
  };
  return post('/connect/token', form) as Promise<{ access_token: string; refresh_token: string }>;
}

const fetchHere: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'manual' });

async function post(path: string, form: Record<string, string>): Promise<unknown> {
  const authorization = `Basic ${btoa(`${APPLICATION.clientId}:${APPLICATION.clientSecret}`)}`;
  const init = { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) };
  return (await fetch(origin + path, init)).json();
}

/** The SDK's hosts are fixed, but for the books themselves. */
async function connected(): Promise<XeroClient> {
  const client = new XeroClient({
    clientId: APPLICATION.clientId,
    clientSecret: APPLICATION.clientSecret,
    redirectUris: APPLICATION.redirectUris as string[],
    scopes: SCOPES.split(' '),
  });
  client.accountingApi.basePath = `${origin}/api.xro/2.0`;
  client.setTokenSet(await tokensFor(SCOPES));
  return client;
}

const bill = (number: string, more: Partial<Invoice> = {}): Invoice => ({
  type: Invoice.TypeEnum.ACCPAY,
  status: Invoice.StatusEnum.AUTHORISED,
  contact: { name: 'Mara Vogt' },
  date: '2026-11-20',
  dueDate: '2026-12-04',
  invoiceNumber: number,
  currencyCode: 'EUR' as never,
  lineAmountTypes: LineAmountTypes.Inclusive,
  lineItems: [{ description: 'Diesel', quantity: 1, unitAmount: 64.2, accountCode: '449' }],
  ...more,
});

test('xero-node reads the organisation, its expense accounts and what it tracks', async () => {
  const { body } = await sdk.accountingApi.getOrganisations(TENANT);
  expect(body.organisations![0]!.name).toBe('Northlight Books (demo)');
  const { body: found } = await sdk.accountingApi.getAccounts(TENANT, undefined, 'Class=="EXPENSE"');
  expect(found.accounts!.map(({ code }) => code)).toContain('449');
  expect(found.accounts!.map(({ code }) => code)).not.toContain('090');
  const { body: tracked } = await sdk.accountingApi.getTrackingCategories(TENANT);
  expect(tracked.trackingCategories![0]!.options!.map(({ name }) => name)).toEqual(['Winter run', 'Summer festivals']);
});

test('xero-node makes a bill with an attachment, pays it, and finds it paid', async () => {
  const made = (await sdk.accountingApi.createInvoices(TENANT, { invoices: [bill('SDK-1')] })).body.invoices![0]!;
  expect(made).toMatchObject({ invoiceNumber: 'SDK-1', total: 64.2, amountDue: 64.2 });
  const photo = Buffer.from('not really a photo');
  const headers = { headers: { 'Content-Type': 'image/jpeg' } };
  await sdk.accountingApi.createInvoiceAttachmentByFileName(
    TENANT,
    made.invoiceID!,
    'receipt.jpg',
    photo as never,
    false,
    undefined,
    headers,
  );
  const listed = await sdk.accountingApi.getInvoiceAttachments(TENANT, made.invoiceID!);
  expect(listed.body.attachments).toMatchObject([{ fileName: 'receipt.jpg', contentLength: photo.length }]);
  const payment = {
    invoice: { invoiceID: made.invoiceID! },
    account: { code: '090' },
    date: '2026-11-24',
    amount: 64.2,
  };
  await sdk.accountingApi.createPayments(TENANT, { payments: [payment] });
  const paid = (await sdk.accountingApi.getInvoice(TENANT, made.invoiceID!)).body.invoices![0]!;
  expect(paid).toMatchObject({ status: 'PAID', amountDue: 0, amountPaid: 64.2 });
  expect(new Date(paid.fullyPaidOnDate!).toISOString()).toBe('2026-11-24T00:00:00.000Z');
});

test('with the same key xero-node gets the same bill twice and the books have it once', async () => {
  const send = () =>
    sdk.accountingApi.createInvoices(TENANT, { invoices: [bill('SDK-2')] }, undefined, undefined, 'key-2');
  const [one, other] = [await send(), await send()];
  expect(other.body.invoices![0]!.invoiceID).toBe(one.body.invoices![0]!.invoiceID);
  const found = await sdk.accountingApi.getInvoices(TENANT, undefined, undefined, undefined, undefined, ['SDK-2']);
  expect(found.body.invoices).toHaveLength(1);
});

test('a batch is refused whole, or each for itself when asked so', async () => {
  const wrong = bill('SDK-3b', { lineItems: [{ description: 'x', quantity: 1, unitAmount: 1, accountCode: '999' }] });
  const batch = { invoices: [bill('SDK-3a'), wrong] };
  await expect(sdk.accountingApi.createInvoices(TENANT, batch, true)).rejects.toContain("Account code '999'");
  const each = (await sdk.accountingApi.createInvoices(TENANT, batch, false)).body.invoices!;
  expect(each.map(({ statusAttributeString }) => statusAttributeString)).toEqual(['OK', 'ERROR']);
  const found = await sdk.accountingApi.getInvoices(TENANT, undefined, undefined, undefined, undefined, [
    'SDK-3a',
    'SDK-3b',
  ]);
  expect(found.body.invoices!.map(({ invoiceNumber }) => invoiceNumber)).toEqual(['SDK-3a']);
});

test('a field that Xero does not know is refused', async () => {
  const reply = await world.fetch(`${origin}/api.xro/2.0/Invoices`, {
    method: 'PUT',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'xero-tenant-id': TENANT,
      authorization: `Bearer ${sdk.readTokenSet().access_token}`,
    },
    body: JSON.stringify({ Invoices: [{ Type: 'ACCPAY', Memo: 'no such field' }] }),
  });
  expect(reply.status).toBe(400);
  expect(await reply.text()).toContain('Memo');
});

test('what the emulator answers is what the description promises', async () => {
  const accounting = await openSpecification('xero-accounting');
  const answers: readonly (readonly [string, string])[] = [
    ['getOrganisations', '/Organisation'],
    ['getAccounts', '/Accounts'],
    ['getTaxRates', '/TaxRates'],
    ['getTrackingCategories', '/TrackingCategories'],
    ['getContacts', '/Contacts'],
    ['getInvoices', '/Invoices'],
    ['getPayments', '/Payments'],
  ];
  for (const [operation, path] of answers) {
    const authorization = `Bearer ${sdk.readTokenSet().access_token}`;
    const headers = { accept: 'application/json', 'xero-tenant-id': TENANT, authorization };
    const reply = await world.fetch(`${origin}/api.xro/2.0${path}`, { headers });
    expect(accounting.objectionsToReply(operation, reply.status, await reply.json()), operation).toEqual([]);
  }
});

test('a refresh token is good once; the one before it for half an hour more', async () => {
  const first = await tokensFor(SCOPES);
  const refresh = (refresh_token: string) => post('/connect/token', { grant_type: 'refresh_token', refresh_token });
  const second = (await refresh(first.refresh_token)) as { refresh_token: string };
  expect(second.refresh_token).not.toBe(first.refresh_token);
  await refresh(second.refresh_token);
  expect(await refresh(first.refresh_token)).toEqual({ error: 'invalid_grant' });
  world.clock.now += 31 * 60_000;
  expect(await refresh(second.refresh_token)).toEqual({ error: 'invalid_grant' });
});

test('the sixty-first call of a minute is one too many, and says when to come back', async () => {
  const { xero, fetch: ask, clock } = await openTestXero();
  const token = await grantedToken(xero);
  const headers = { accept: 'application/json', 'xero-tenant-id': TENANT, authorization: `Bearer ${token}` };
  const call = () => ask('https://xero.test/api.xro/2.0/Organisation', { headers });
  for (let turn = 0; turn < 60; turn++) expect((await call()).status).toBe(200);
  const refused = await call();
  expect(refused.status).toBe(429);
  expect(refused.headers.get('x-rate-limit-problem')).toBe('minute');
  clock.now += Number(refused.headers.get('retry-after')) * 1000;
  expect((await call()).status).toBe(200);
});

async function grantedToken(xero: Xero): Promise<string> {
  const accessTokens = { letmein: Number.MAX_SAFE_INTEGER };
  xero.state.grants.push({
    tenantIds: [TENANT],
    clientId: 'x',
    scopes: SCOPES.split(' '),
    refreshToken: 'r',
    previous: null,
    accessTokens,
    connections: {},
  });
  return 'letmein';
}

test('deliveries are signed as Xero signs them', () => {
  const body = '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "S0m3r4Nd0mt3xt"}';
  expect(sign(body, 'webhook-key')).toBe('8SLtmAH1sxGHBqMe4i+eQ7sbJjGN+zHABPpAKCmHXaY=');
});
