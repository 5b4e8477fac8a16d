// Does what is due in the queue of errands. It is poked, by the stack's timer here and by pg_cron and pg_net when hosted
// (supabase/CONVENTIONS.md, "Jobs"), with a secret that opens nothing else. What takes longer than the poke goes on behind its answer.
import { askBy, serviceClient } from '../_shared/database.ts';
import { setting, workBehindAnswer } from '../_shared/environment.ts';
import { ERRANDS } from '../_shared/providers.ts';
import { queueBy } from '../_shared/queue.ts';
import { isSame } from '../_shared/secret.ts';
import { work, type Shift } from '../_shared/worker.ts';
import { invitationErrand } from './invitations.ts';
import { orphansErrand } from './orphans.ts';
import { atticBy } from './attic.ts';
import { postBy } from './post.ts';

/** A shift begins nothing new after this; hosted ends a function after 150 s. */
const SHIFT_MS = 90_000;
/** Whoever pokes waits so long; pg_net gives up after five seconds. */
const ANSWER_MS = 3_000;

const client = serviceClient();
const ask = askBy(client);
const queue = queueBy(ask);
const kinds = [invitationErrand(postBy(client)), orphansErrand(atticBy(client), () => ask('tidy')), ...ERRANDS];
const secret = setting('JOBS_SECRET');

async function run(request: Request): Promise<Response> {
  const { task } = (await request.json().catch(() => ({}))) as { task?: unknown };
  if (task === 'nightly') {
    await queue.enqueue({ kind: 'storage.orphans', dedupeKey: 'nightly' });
    await ask('read_all_books');
  }
  const log = (line: string) => console.error(`jobs: ${line}`);
  const shift = work(queue, kinds, { until: Date.now() + SHIFT_MS, log });
  const later = new Promise<undefined>((resolve) => setTimeout(resolve, ANSWER_MS));
  const done: Shift | undefined = await Promise.race([shift, later]);
  if (done) return Response.json(done);
  workBehindAnswer(shift.catch((error: Error) => log(error.message)));
  return Response.json({ working: true }, { status: 202 });
}

Deno.serve(async (request: Request) => {
  const given = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
  if (!secret || !(await isSame(given, secret)))
    return Response.json({ code: 'not_permitted', message: 'The jobs secret only' }, { status: 403 });
  try {
    return await run(request);
  } catch (error) {
    const { code = 'unexpected', message } = error as { code?: string; message?: string };
    console.error(`jobs: ${code} ${message}`);
    return Response.json({ code, message: 'The queue could not be read' }, { status: 500 });
  }
});
