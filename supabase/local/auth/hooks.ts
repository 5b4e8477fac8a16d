import { AuthError } from './errors.ts';
import type { Auth, Db } from './context.ts';

/** The database functions that config.toml may hang into sign-in. */
export type HookName = 'custom_access_token' | 'password_verification_attempt' | 'mfa_verification_attempt';

interface HookOutput {
  error?: { http_code?: number; message?: string };
  decision?: 'continue' | 'reject';
  message?: string;
  should_logout_user?: boolean;
  claims?: Record<string, unknown>;
}

const functionOf = (uri: string): string => {
  const [, schema, name] = /^pg-functions:\/\/[^/]+\/([a-z_][\w$]*)\/([a-z_][\w$]*)$/i.exec(uri) ?? [];
  if (schema && name) return `"${schema}"."${name}"`;
  throw new AuthError(
    500,
    'unexpected_failure',
    `unsupported protocol: "${uri}" only pg-functions hooks are supported`,
  );
};

const hookFailure = (thrown: unknown, uri: string): unknown =>
  thrown instanceof Error && 'code' in thrown && thrown.code === '57014'
    ? new AuthError(422, 'hook_timeout', `Failed to reach hook within maximum time of 2.000000 seconds`)
    : new AuthError(500, 'unexpected_failure', `Error running hook URI: ${uri}`);

/**
 * Asks a configured hook as the role `supabase_auth_admin`, with two seconds to answer; undefined when none is configured.
 * The hook's own `error` becomes the answer to the person: its `http_code` (500 when absent) and message.
 */
export async function askHook(auth: Auth, db: Db, name: HookName, event: object): Promise<HookOutput | undefined> {
  const uri = auth.rules.hooks[name];
  if (!uri) return undefined;
  const output = await callFunction(db, functionOf(uri), event).catch((thrown: unknown) => {
    console.error('auth hook:', thrown instanceof Error ? thrown.message : thrown);
    throw hookFailure(thrown, uri);
  });
  const { http_code = 500, message } = output?.error ?? {};
  if (!message) return output ?? {};
  throw new AuthError(http_code, http_code === 500 ? 'unexpected_failure' : 'unknown', message);
}

async function callFunction(db: Db, name: string, event: object): Promise<HookOutput | null | undefined> {
  await db.query(`set local role supabase_auth_admin; set local statement_timeout = '2s'`);
  const result = await db.query<{ output: HookOutput | null }>(`select ${name}($1::jsonb) as output`, [
    JSON.stringify(event),
  ]);
  await db.query('reset role; set local statement_timeout to default');
  return result.rows[0]?.output;
}
