// Sends the mails of invitations that wait; with the body {"task": "orphans"} it removes files that no row names. Locally
// the stack's timer calls it; a hosted project schedules the first every minute and the second every night by pg_cron and
// pg_net: select cron.schedule('jobs', '* * * * *', $$ select net.http_post(url := '<project url>/functions/v1/jobs',
// headers := jsonb_build_object('Authorization', 'Bearer ' || <service role key from Vault>)) $$), and the same as
// 'jobs-orphans', '37 3 * * *' with body := '{"task": "orphans"}'::jsonb.
import { createClient } from '@supabase/supabase-js';
import { sendInvitations, type Post } from './invitations.ts';
import { removeOrphans, type Attic } from './orphans.ts';

const BATCH = 20;
/** A mail that failed is tried again after this time; giving it back stamps the row. */
const REST_MS = 60_000;

const url = Deno.env.get('SUPABASE_URL')!;
const serviceKey = Deno.env.get('SUPABASE_SERVICE_ROLE_KEY')!;
const client = createClient(url, serviceKey, { auth: { persistSession: false, autoRefreshToken: false } });

/** Where the links lead; without PORTAL_URL the auth server's own site address. */
const portal = Deno.env.get('PORTAL_URL');
const redirectTo = portal ? `${portal}/auth/callback?next=/start` : undefined;

const post: Post = {
  waiting: async () => {
    const rested = new Date(Date.now() - REST_MS).toISOString();
    const { data, error } = await open(client.from('invitations').select('id, email'))
      .or(`updated_at.lt.${rested},row_version.eq.1`)
      .order('created_at')
      .limit(BATCH);
    if (error) throw error;
    return data;
  },
  claim: async (id) => {
    const sent_at = new Date().toISOString();
    const { data, error } = await open(client.from('invitations').update({ sent_at })).eq('id', id).select('id');
    if (error) throw error;
    return data.length === 1;
  },
  release: async (id) => {
    const { error } = await client.from('invitations').update({ sent_at: null }).eq('id', id);
    if (error) throw error;
  },
  invite: async (email) => {
    const { error } = await client.auth.admin.inviteUserByEmail(email, redirectTo ? { redirectTo } : {});
    return error;
  },
  link: async (email) => {
    const emailRedirectTo = redirectTo ? { emailRedirectTo: redirectTo } : {};
    const { error } = await client.auth.signInWithOtp({
      email,
      options: { shouldCreateUser: false, ...emailRedirectTo },
    });
    return error;
  },
};

/** What a query must be able to do for `open`. */
interface Narrowing<Q> {
  is(column: string, value: null): Q;
  gt(column: string, value: string): Q;
}

/** Only invitations that nobody has sent, answered or taken back, and that have not run out. */
function open<Q extends Narrowing<Q>>(query: Q): Q {
  const unanswered = query.is('sent_at', null).is('accepted_at', null).is('declined_at', null).is('revoked_at', null);
  return unanswered.gt('expires_at', new Date().toISOString());
}

const attic: Attic = {
  orphans: async () => {
    const { data, error } = await client.rpc('orphaned_files');
    if (error) throw error;
    return data;
  },
  remove: async (bucket, names) => {
    const { data, error } = await client.storage.from(bucket).remove(names);
    if (error) throw error;
    return data.length;
  },
};

async function run(request: Request): Promise<Record<string, unknown>> {
  const { task } = (await request.json().catch(() => ({}))) as { task?: unknown };
  if (task === 'orphans') return { orphans: await removeOrphans(attic) };
  return { invitations: await sendInvitations(post) };
}

/** Only the service role may ask: any signed-in person has a valid token too. */
const isService = (request: Request): boolean => request.headers.get('authorization') === `Bearer ${serviceKey}`;

Deno.serve(async (request: Request) => {
  if (!isService(request))
    return Response.json({ code: 'not_permitted', message: 'Service role only' }, { status: 403 });
  try {
    return Response.json(await run(request));
  } catch (error) {
    const { code = 'unexpected', message } = error as { code?: string; message?: string };
    console.error(`jobs: ${code} ${message}`);
    return Response.json({ code, message: 'The queue could not be read' }, { status: 500 });
  }
});
