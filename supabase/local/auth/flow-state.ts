import { createHash } from 'node:crypto';
import { first, text } from './context.ts';
import type { Auth, Call, Db } from './context.ts';
import { AuthError, invalid } from './errors.ts';

/** A PKCE flow that a browser began and must finish with its verifier. */
export interface FlowRow {
  id: string;
  user_id: string | null;
  auth_code: string;
  code_challenge: string;
  code_challenge_method: 's256' | 'plain';
  authentication_method: string;
  created_at: Date;
  auth_code_issued_at: Date | null;
}

interface Challenge {
  challenge: string;
  method: string;
}

/** Reads the PKCE challenge of a request; undefined means the implicit flow. */
export function challengeOf(source: Call['body']): Challenge | undefined {
  const challenge = text(source, 'code_challenge');
  const method = text(source, 'code_challenge_method').toLowerCase();
  if (!challenge && !method) return undefined;
  if (!challenge || !['s256', 'plain'].includes(method))
    throw invalid('PKCE flow requires code_challenge_method and code_challenge');
  if (!/^[\w.~-]{43,128}$/.test(challenge)) throw invalid('code challenge has to be between 43 and 128 characters');
  return { challenge, method };
}

/** Remembers a PKCE challenge until its code is exchanged. */
export async function beginFlow(
  auth: Auth,
  db: Db | Auth['pool'],
  { challenge, method }: Challenge,
  flow: { user_id: string | null; provider: string; method: string },
): Promise<string> {
  const id = crypto.randomUUID();
  await db.query(
    `insert into auth.flow_state (id, user_id, auth_code, code_challenge_method, code_challenge, provider_type,
       authentication_method, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
    [id, flow.user_id, crypto.randomUUID(), method, challenge, flow.provider, flow.method, auth.now()],
  );
  return id;
}

const lifetime = 300_000;

/** Hands out the code of the newest flow of an account, to be exchanged within five minutes. */
export async function issueAuthCode(auth: Auth, db: Db, where: { id?: string; user_id: string }): Promise<string> {
  const flow = await first<FlowRow>(
    db,
    `update auth.flow_state set user_id = $1, auth_code_issued_at = $2, updated_at = $2 where id = (
       select id from auth.flow_state where ($3::uuid is null and user_id = $1) or id = $3 order by created_at desc limit 1)
     returning *`,
    [where.user_id, auth.now(), where.id ?? null],
  );
  if (flow) return flow.auth_code;
  throw new AuthError(404, 'flow_state_not_found', 'No valid flow state found for user.');
}

const matches = (flow: FlowRow, verifier: string): boolean =>
  flow.code_challenge ===
  (flow.code_challenge_method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url'));

/** Redeems a code for the flow it belongs to; a wrong verifier leaves the flow in place. */
export async function redeemCode(auth: Auth, db: Db, code: string, verifier: string): Promise<FlowRow> {
  if (!code || !verifier) throw invalid('invalid request: both auth code and code verifier should be non-empty');
  const flow = await first<FlowRow>(db, 'select * from auth.flow_state where auth_code = $1 for update', [code]);
  if (!flow?.user_id) throw new AuthError(404, 'flow_state_not_found', 'invalid flow state, no valid flow state found');
  if (auth.now().getTime() > (flow.auth_code_issued_at ?? flow.created_at).getTime() + lifetime)
    throw new AuthError(422, 'flow_state_expired', 'invalid flow state, flow state has expired');
  if (!matches(flow, verifier))
    throw new AuthError(400, 'bad_code_verifier', 'code challenge does not match previously saved code verifier');
  await db.query('delete from auth.flow_state where id = $1', [flow.id]);
  return flow;
}
