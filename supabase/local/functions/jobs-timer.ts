import { findFunction, type StackConfig } from '../config.ts';

const EVERY = 5_000;
const NIGHTLY = 24 * 60 * 60 * 1000;

/** Hosted projects drain the job queue by pg_cron and pg_net; here a timer asks the function `jobs` to, when there is one. What hosted does nightly is done here once at first and then daily. */
export function startJobsTimer(options: { config: StackConfig; url: string; jobsSecret: string }): () => void {
  const { config, url, jobsSecret } = options;
  let busy = false;
  let tidied = -Infinity;
  const nextTask = (): string => {
    if (performance.now() - tidied < NIGHTLY) return '{}';
    tidied = performance.now();
    return '{"task": "nightly"}';
  };
  const poke = async (): Promise<void> => {
    if (busy || !findFunction(config, 'jobs')) return;
    busy = true;
    const headers = { authorization: `Bearer ${jobsSecret}`, 'content-type': 'application/json' };
    // Nobody answering is no news: the next poke comes in five seconds.
    await fetch(`${url}/functions/v1/jobs`, { method: 'POST', headers, body: nextTask() })
      .then((reply) => reply.body?.cancel())
      .catch(() => undefined);
    busy = false;
  };
  const timer = setInterval(() => void poke(), EVERY);
  timer.unref();
  return () => clearInterval(timer);
}
