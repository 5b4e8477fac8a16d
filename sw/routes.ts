/** How the service worker answers one kind of request. */
export type Strategy = 'shell' | 'network-first' | 'cache-first' | 'network-only';

/** One line of the cache table. */
export interface CacheRule {
  readonly name: string;
  readonly strategy: Strategy;
  readonly matches: (url: URL, request: { mode: string; method: string }) => boolean;
  readonly why: string;
  /** Seconds to wait for the network before the kept copy is used. */
  readonly timeout?: number;
  readonly max_entries?: number;
}

const SERVICES = /^\/(auth|rest|realtime|storage|functions)\/v1(\/|$)/;
const EQUIPMENT = /^\/(mail|sandbox)(\/|$)/;
const FONTS = /\.woff2$/;
const READING = /^\/assets\/reading-[\d.]+\//;
const TABLES = /^\/assets\/[^/]+\.bin$/;
/** What opens HEIC and PDF; `sw/build.ts` leaves them out of the installation. */
const TOOLS = /^\/assets\/(heic-worker|pdf-worker|jbig2|openjpeg|qcms_bg)-[\w-]+\.(js|wasm)$/;

/**
 * The cache table: the first line that matches a request of this origin answers it. Files of the build are precached and
 * never reach it; what no line matches goes to the network untouched.
 */
export const cacheRules: readonly CacheRule[] = [
  {
    name: 'services',
    strategy: 'network-only',
    matches: ({ pathname }) => SERVICES.test(pathname) || EQUIPMENT.test(pathname),
    why: 'Rows and files are kept in IndexedDB by the sync engine; a second copy here would be stale and unsealed.',
  },
  {
    name: 'settings',
    strategy: 'network-first',
    matches: ({ pathname }) => pathname === '/config.json',
    timeout: 3,
    max_entries: 1,
    why: 'A moved server must be found at once, and a plane must still start.',
  },
  {
    name: 'pages',
    strategy: 'shell',
    matches: (_url, { mode }) => mode === 'navigate',
    why: 'Every address of the app is the same page; the router reads the path, online or not.',
  },
  {
    name: 'tools',
    strategy: 'cache-first',
    matches: ({ pathname }) => TOOLS.test(pathname),
    max_entries: 10,
    why: 'Hashed and immutable, megabytes that only people with receipts want; the claim form fetches them ahead.',
  },
  {
    name: 'fonts',
    strategy: 'cache-first',
    matches: ({ pathname }) => FONTS.test(pathname),
    max_entries: 6,
    why: 'Hashed and immutable; fetched only when a name needs its letters.',
  },
  {
    name: 'reading',
    strategy: 'cache-first',
    matches: ({ pathname }) => READING.test(pathname),
    max_entries: 3,
    why: 'The engine that reads receipts and its letters: 5 MB by version, fetched once and never by those who need none.',
  },
  {
    name: 'tables',
    strategy: 'cache-first',
    matches: ({ pathname }) => TABLES.test(pathname),
    max_entries: 3,
    why: 'Hashed, immutable and large: for the devices of those who plan, not for every phone.',
  },
];

/** The line of the table that answers a request of this origin, if any. */
export const ruleFor = (url: URL, request: { mode: string; method: string }): CacheRule | undefined =>
  request.method === 'GET' ? cacheRules.find((rule) => rule.matches(url, request)) : undefined;
