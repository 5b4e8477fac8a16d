import { weather } from '../kernel/failure.ts';

/** A request, how long it may take, and who carries it when not `fetch`. */
interface Errand extends RequestInit {
  readonly patienceMs?: number;
  readonly via?: typeof globalThis.fetch;
}

/** A request to the project that carries the person's token; throws failures, never raw network errors. */
export type Send = (path: string, init?: Errand) => Promise<Response>;

/** The person's token, refreshed first when `anew`. Throws weather, or the refusal `signed_out`. */
export type Tokens = (anew: boolean) => Promise<string>;

/** Where a project is, its public key, whose tokens to show, and (for tests) how to fetch. */
export interface Line {
  readonly url: string;
  readonly key: string;
  readonly tokens: Tokens;
  readonly transport?: typeof globalThis.fetch;
}

/** A token the server no longer takes is refreshed once and the request sent again (S20). */
export function createSend({
  url,
  key,
  tokens,
  transport: fetch = (...call) => globalThis.fetch(...call),
}: Line): Send {
  const once = async (path: string, token: string, { via = fetch, ...init }: Errand, patienceMs: number) => {
    const headers = new Headers(init.headers);
    headers.set('apikey', key);
    headers.set('authorization', `Bearer ${token}`);
    return reach(() => via(url + path, { ...init, headers, signal: AbortSignal.timeout(patienceMs) }));
  };
  return async (path, { patienceMs = 30_000, ...init } = {}) => {
    const response = await once(path, await tokens(false), init, patienceMs);
    if (!(await isUnknown(response))) return response;
    return once(path, await tokens(true), init, patienceMs);
  };
}

/** The gateway does not take the token, or the database says that its session was ended on another device. */
const isUnknown = async (response: Response): Promise<boolean> =>
  response.status === 401 || (response.status === 400 && (await response.clone().text()).includes('"BL401"'));

/** A network error and a time-out are weather. */
async function reach(request: () => Promise<Response>): Promise<Response> {
  try {
    return await request();
  } catch (thrown) {
    const late = thrown instanceof Error && thrown.name === 'TimeoutError';
    throw weather(late ? 'timeout' : 'offline', thrown instanceof Error ? thrown.message : String(thrown), thrown);
  }
}
