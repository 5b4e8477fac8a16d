import { clearTimeout, setTimeout } from 'node:timers'; // whose timers can be let go of, in Deno too
import { createHash } from 'node:crypto';
import { handlers, payInvoice, type Call } from './books.ts';
import { Faults, type Fault, type FaultName } from './faults.ts';
import { answerConsent, authorize, connections, disconnect, grantOf, token, type Application } from './identity.ts';
import { Limits, tooMany, XERO_QUOTA, type Quota } from './limits.ts';
import { badRequest, json, problem } from './replies.ts';
import { openSpecification, type Matched, type Specification } from './specification.ts';
import { demoCompany, newState, track, type Books, type Grant, type State } from './state.ts';
import { deliver, intentToReceive, type Mischief, type Subscriber } from './webhooks.ts';

/** How to set the emulator up. */
export interface XeroOptions {
  readonly application: Application;
  /** Where events go; without one they wait. */
  readonly subscriber?: Subscriber;
  /** Delivers each event by itself, as Xero does; tests deliver by hand. */
  readonly autoDeliver?: boolean;
  /** Leading part of the path that is not Xero's. */
  readonly mount?: string;
  readonly state?: State;
  /** Told after everything that changed something, to keep it. */
  readonly save?: (state: State) => void;
  readonly now?: () => number;
  readonly quota?: Quota;
}

/** A Xero for development and tests: its sign-in, its books, its limits and its webhooks. */
export interface Xero {
  handle(request: Request): Promise<Response>;
  readonly state: State;
  readonly faults: Faults;
  /** Sends the events that wait; answers the statuses that came back. */
  deliver(mischief?: Mischief): Promise<number[]>;
  intentToReceive(mischief?: Mischief): Promise<number>;
  /** Somebody at Xero pays a bill in full or in part; throws Xero's words when it cannot be paid. */
  pay(invoiceId: string, date: string, amount?: number): void;
  /** An administrator at Xero disconnects the product. */
  revokeAll(): void;
}

/** Two companies, of which the first keeps track of tours. */
export function demoState(): State {
  const companies = [
    demoCompany('Northlight Books (demo)', 'b0a1c2d3-0001-4000-8000-000000000001'),
    demoCompany('Second Company (demo)', 'b0a1c2d3-0002-4000-8000-000000000002'),
  ];
  track(companies[0]!, 'Tour', ['Winter run', 'Summer festivals']);
  return newState(companies);
}

const KEY_LENGTH = 128;
/** How long Xero remembers an Idempotency-Key, in milliseconds. */
const KEY_LIFE = 6 * 60_000;
/** A reply that never comes: longer than anybody waits. */
const NEVER_MS = 10 * 60_000;

/** Compiled once a process: it takes a third of a second. */
let described: Promise<Specification> | undefined;

/** Opens a Xero; `handle` is all of its hosts in one. */
export async function openXero(options: XeroOptions): Promise<Xero> {
  described ??= openSpecification('xero-accounting');
  return createXero(options, await described);
}

interface World {
  readonly options: XeroOptions;
  readonly application: Application;
  readonly state: State;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly accounting: Specification;
  readonly now: () => number;
}

function createXero(options: XeroOptions, accounting: Specification): Xero {
  const { now = Date.now, state = demoState(), quota = XERO_QUOTA } = options;
  const { application } = options;
  const world: World = {
    options,
    application,
    state,
    faults: new Faults(),
    limits: new Limits(quota),
    accounting,
    now,
  };
  const xero: Xero = {
    handle: (request) => answer(world, xero, request),
    state,
    faults: world.faults,
    deliver: (mischief) => deliver(state, subscriberOf(options), mischief),
    intentToReceive: (mischief) => intentToReceive(subscriberOf(options), mischief),
    pay: (invoiceId, date, amount) => pay(world, invoiceId, date, amount),
    revokeAll: () => {
      state.grants = [];
      options.save?.(state);
    },
  };
  return xero;
}

function subscriberOf({ subscriber }: XeroOptions): Subscriber {
  if (!subscriber) throw new Error('nobody subscribes to events');
  return subscriber;
}

function pay(world: World, invoiceId: string, date: string, amount?: number): void {
  const books = world.state.books.find(({ invoices }) => invoices.some(({ InvoiceID }) => InvoiceID === invoiceId));
  const invoice = books?.invoices.find(({ InvoiceID }) => InvoiceID === invoiceId);
  if (!books || !invoice) throw new Error('There is no such bill');
  const Amount = amount ?? (invoice.total - invoice.paid) / 10_000;
  const sent = { Invoice: { InvoiceID: invoiceId }, Account: { Code: '090' }, Date: date, Amount };
  const paid = payInvoice(books, sent, { now: world.now(), changed: changes(world, books.tenantId) });
  if (typeof paid === 'string') throw new Error(paid);
  settle(world);
}

const changes =
  ({ state, now }: World, tenantId: string): Call['changed'] =>
  (resourceId, eventType) => {
    state.sequence += 1;
    const at = new Date(now()).toISOString().slice(0, 23);
    state.events.push({ sequence: state.sequence, resourceId, tenantId, eventType, at });
  };

/** What follows a change: it is kept, and told. */
function settle({ options, state }: World): void {
  options.save?.(state);
  if (!options.autoDeliver || !options.subscriber) return;
  const to = options.subscriber;
  setTimeout(() => void deliver(state, to).then(() => options.save?.(state)), 0).unref();
}

async function answer(world: World, xero: Xero, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.slice((world.options.mount ?? '').length) || '/';
  if (path.startsWith('/control/')) return control(world, xero, request, path);
  const fault = world.faults.take(request, path);
  const refused = fault && refuse(fault);
  if (refused) return refused;
  if (fault === 'timeout') return never(request);
  const reply = await route(world, request, url, path);
  return fault === 'timeout-after-commit' ? never(request) : reply;
}

function refuse(fault: FaultName): Response | undefined {
  switch (fault) {
    case 'bad-request':
      return badRequest('The emulator was asked to refuse this');
    case 'unauthorized':
      return problem(401, 'Unauthorized', 'TokenExpired: token expired');
    case 'minute-limit':
      return tooMany('minute', 17);
    case 'day-limit':
      return tooMany('day', 3_600);
    case 'server-error':
      return json(500, { Type: 'InternalError', Message: 'An error occurred in Xero. Check the API Status page' });
    case 'unavailable':
      return new Response('The Organisation is offline', { status: 503 });
    default:
      return undefined;
  }
}

/** A reply that never comes; gives up when the caller does. */
const never = (request: Request): Promise<Response> =>
  new Promise((_, reject) => {
    // A slow machine may be later than the caller's patience.
    if (request.signal.aborted) return reject(request.signal.reason as Error);
    const timer = setTimeout(() => reject(new Error('nobody waits that long')), NEVER_MS);
    timer.unref();
    request.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(request.signal.reason as Error);
    });
    return undefined;
  });

async function route(world: World, request: Request, url: URL, path: string): Promise<Response> {
  if (path === '/identity/connect/authorize') return consent(world, request, url);
  if (path === '/connect/token' || path === '/connect/revocation') {
    const reply = token(world, request, new URLSearchParams(await request.text()), path);
    settle(world);
    return reply;
  }
  const grant = grantOf(world, request);
  if (!grant) return problem(401, 'Unauthorized', 'AuthenticationUnsuccessful');
  if (/^\/connections(\/|$)/i.test(path)) return connectionsOf(world, grant, request, path);
  if (path.startsWith('/api.xro/2.0/')) return ledger(world, grant, request, url, path.slice('/api.xro/2.0'.length));
  return new Response('Not Found', { status: 404 });
}

async function consent(world: World, request: Request, url: URL): Promise<Response> {
  if (request.method === 'GET') return authorize(world, url.searchParams);
  const reply = answerConsent(world, new URLSearchParams(await request.text()));
  settle(world);
  return reply;
}

function connectionsOf(world: World, grant: Grant, request: Request, path: string): Response {
  if (request.method === 'GET') return connections(world, grant);
  const reply = disconnect(grant, path.split('/')[2] ?? '');
  settle(world);
  return reply;
}

/** One call to the books: who asks, how often, whether the form is right, whether it was answered before. */
async function ledger(world: World, grant: Grant, request: Request, url: URL, path: string): Promise<Response> {
  const tenant = request.headers.get('xero-tenant-id') ?? '';
  const books = world.state.books.find(({ tenantId }) => tenantId === tenant && grant.tenantIds.includes(tenantId));
  if (!books) return problem(403, 'Forbidden', 'AuthenticationUnsuccessful');
  if (!isAcceptable(request)) return new Response('<Response/>', { headers: { 'content-type': 'application/xml' } });
  const limited = world.limits.enter(tenant, world.now());
  if (limited) return limited;
  try {
    return await inBooks(world, grant, books, request, url, path);
  } finally {
    world.limits.leave(tenant);
  }
}

/** Without this header Xero answers in XML. */
const isAcceptable = (request: Request): boolean => (request.headers.get('accept') ?? '').includes('application/json');

async function inBooks(
  world: World,
  grant: Grant,
  books: Books,
  request: Request,
  url: URL,
  path: string,
): Promise<Response> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  const isFile = /\/Attachments\//.test(path);
  const body = isFile || bytes.length === 0 ? undefined : parse(bytes);
  if (body === BROKEN) return badRequest('The JSON could not be read');
  const matched = world.accounting.match({
    method: request.method,
    path,
    query: url.search.slice(1),
    headers: headersFor(request, isFile),
    body: body ?? (isFile ? 'bytes' : undefined),
  });
  const handler = matched && handlers[matched.operation];
  if (!matched || !handler) return new Response('Not Found', { status: 404 });
  if (matched.objections.length > 0) return badRequest(matched.objections.join('; '));
  if (!isAllowed(grant, matched)) return problem(401, 'Unauthorized', 'AuthorizationUnsuccessful');
  const call = callOf(world, books, matched, {
    url,
    body,
    bytes,
    contentType: request.headers.get('content-type') ?? '',
  });
  return once(world, request, books, bytes, () => handler(books, call));
}

const BROKEN = Symbol('not JSON');

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return BROKEN;
  }
}

/** The description says octet-stream of files, whatever they are. */
function headersFor(request: Request, isFile: boolean): Record<string, string> {
  const headers = Object.fromEntries(request.headers);
  if (isFile) headers['content-type'] = 'application/octet-stream';
  else if (headers['content-type']) headers['content-type'] = headers['content-type'].split(';')[0]!;
  return headers;
}

/** The granular scopes, and the broad one of older applications. */
function isAllowed({ scopes }: Grant, { operation }: Matched): boolean {
  const has = (...names: string[]) => names.some((name) => scopes.includes(name));
  if (/Attachment/.test(operation)) return has('accounting.attachments');
  if (/Payment/.test(operation)) {
    const names = ['accounting.payments', 'accounting.transactions'];
    return operation.startsWith('get') ? has(...names, 'accounting.payments.read') : has(...names);
  }
  if (/Invoice/.test(operation)) return has('accounting.invoices', 'accounting.transactions');
  if (/Contact/.test(operation)) return has('accounting.contacts');
  return has('accounting.settings', 'accounting.settings.read');
}

function callOf(
  world: World,
  books: Books,
  { operation, params }: Matched,
  { url, ...rest }: { url: URL } & Pick<Call, 'body' | 'bytes' | 'contentType'>,
): Call {
  const changed = changes(world, books.tenantId);
  return { operation, params, query: url.searchParams, now: world.now(), changed, ...rest };
}

/** The same key and the same request get the same answer; the same key and another request are refused. */
async function once(
  world: World,
  request: Request,
  books: Books,
  bytes: Uint8Array,
  act: () => Response,
): Promise<Response> {
  const key = request.headers.get('idempotency-key');
  if (key === null || request.method === 'GET') return kept(world, request, act());
  if (key === '' || key.length > KEY_LENGTH) return badRequest('Idempotency-Key must have 1 to 128 characters');
  const { remembered } = world.state;
  const name = `${books.tenantId} ${key}`;
  const print = createHash('sha256').update(`${request.method} ${request.url}\n`).update(bytes).digest('hex');
  const before = remembered[name];
  if (before && before.at > world.now() - KEY_LIFE) {
    if (before.request !== print) return badRequest('The Idempotency-Key was used for another request');
    return new Response(before.body, {
      status: before.status,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
  }
  const reply = act();
  remembered[name] = { request: print, status: reply.status, body: await reply.clone().text(), at: world.now() };
  return kept(world, request, reply);
}

function kept(world: World, request: Request, reply: Response): Response {
  if (request.method !== 'GET') settle(world);
  return reply;
}

/** What a person at Xero would do, and what can be made to go wrong; not part of Xero. */
async function control(world: World, xero: Xero, request: Request, path: string): Promise<Response> {
  const said = request.method === 'POST' ? ((await request.json()) as Record<string, unknown>) : {};
  switch (path) {
    case '/control/faults':
      world.faults.add(said as unknown as Fault);
      return json(200, {});
    case '/control/pay':
      return tried(() => xero.pay(String(said['InvoiceID']), String(said['Date'])));
    case '/control/archive-account':
      return tried(() => archiveAccount(world, String(said['Code'])));
    case '/control/revoke':
      return tried(() => xero.revokeAll());
    case '/control/books':
      return json(200, world.state.books);
    default:
      return new Response('Not Found', { status: 404 });
  }
}

function tried(act: () => void): Response {
  try {
    act();
    return json(200, {});
  } catch (error) {
    return json(400, { message: (error as Error).message });
  }
}

function archiveAccount(world: World, code: string): void {
  const accounts = world.state.books.flatMap((books) => books.accounts.filter(({ Code }) => Code === code));
  for (const account of accounts) account.Status = 'ARCHIVED';
  settle(world);
}
