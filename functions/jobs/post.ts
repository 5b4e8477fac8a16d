import type { SupabaseClient } from '@supabase/supabase-js';
import { setting } from '../_shared/environment.ts';
import type { Post } from './invitations.ts';

/** Where the links lead; without PORTAL_URL the auth server's own site address. */
const portal = setting('PORTAL_URL');
const redirectTo = portal ? `${portal}/auth/callback?next=/start` : undefined;

/** The table of invitations and the mails of the auth server. */
export const postBy = (client: SupabaseClient): Post => ({
  waiting: async (id) => {
    const { data, error } = await open(client.from('invitations').select('id, email')).eq('id', id).maybeSingle();
    if (error) throw error;
    return data ?? undefined;
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
});

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
