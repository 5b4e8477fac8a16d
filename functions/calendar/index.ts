// Serves the schedule to calendars outside, by an address that holds a secret: /functions/v1/calendar/<secret>.ics. What is
// in it is decided by the database, as the person whose address it is.
import { createClient } from '@supabase/supabase-js';
import type { CalendarContent } from '../../app/features/calendars/rules.ts';
import { answer, type Read } from './feed.ts';

const client = createClient(Deno.env.get('SUPABASE_URL')!, Deno.env.get('SUPABASE_SERVICE_ROLE_KEY')!, {
  auth: { persistSession: false, autoRefreshToken: false },
});

const read: Read = async (secretHash) => {
  const { data, error } = await client.rpc('read_calendar_feed', { asked_hash: secretHash });
  if (error?.message === 'unknown_feed') return { kind: 'unknown' };
  if (error) throw error;
  const { wait_seconds } = data as { wait_seconds?: number };
  if (wait_seconds !== undefined) return { kind: 'wait', seconds: wait_seconds };
  return { kind: 'content', content: data as CalendarContent };
};

Deno.serve(async (request: Request) => {
  try {
    return await answer(request, read);
  } catch (error) {
    const { code = 'unexpected', message } = error as { code?: string; message?: string };
    console.error(`calendar: ${code} ${message}`);
    return new Response('The calendar could not be read. Try again later.\n', {
      status: 503,
      headers: { 'retry-after': '60', 'cache-control': 'no-store' },
    });
  }
});
