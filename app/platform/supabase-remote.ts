import { weather } from '../kernel/failure.ts';
import { CLIENT_VERSION as app, type PullReply, type PushResult, type SyncRemote } from '../sync/protocol.ts';
import { failureOf, refusalCode } from './sqlstate.ts';
import type { Send } from './send.ts';

/** The sync functions of the database, called as the signed-in person. */
export function createRemote(send: Send): SyncRemote {
  return {
    pull: (cursor, max_rows) => call<PullReply>(send, 'sync_pull', { cursor, max_rows, app }),
    push: async (client, mutations) =>
      (await call<PushResult[]>(send, 'sync_push', { client, mutations, app })).map(worded),
  };
}

/** Calls a database function. Throws weather, the refusal `signed_out`, or what the SQLSTATE means. */
export async function call<T>(send: Send, name: string, args: Record<string, unknown>): Promise<T> {
  const response = await send(`/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  const body = await read(response);
  if (!response.ok) throw failureOf(response.status, (body ?? {}) as { code?: string; message?: string });
  if (body === undefined) throw weather('offline', 'something between here and the server answered in its place');
  return body as T;
}

/** Undefined when the body is cut short or is not JSON: a captive portal answers 200 with a page of its own. */
async function read(response: Response): Promise<object | undefined> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Features choose sentences by words, not by SQLSTATEs. */
function worded(result: PushResult): PushResult {
  return result.s === 'rejected' ? { ...result, code: refusalCode(result.code, result.msg) } : result;
}
