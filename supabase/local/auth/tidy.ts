import type { Auth } from './context.ts';

const quarterHour = 900_000;

// A day of grace: until then a client still learns that its session expired, and not that it never was.
const grace = 86_400;

/** Removes what has expired at least a day ago: sessions, spent tokens, begun flows, factors never put in force. */
export async function tidy({ pool, rules, now }: Pick<Auth, 'pool' | 'rules' | 'now'>): Promise<void> {
  const dead = [
    'not_after < $1::timestamptz - make_interval(secs => $2)',
    '($3 > 0 and created_at < $1::timestamptz - make_interval(secs => $2 + $3))',
    `($4 > 0 and greatest(created_at, refreshed_at at time zone 'utc') < $1::timestamptz - make_interval(secs => $2 + $4))`,
  ];
  await pool.query(`delete from auth.sessions where ${dead.join(' or ')}`, [
    now(),
    grace,
    rules.timebox,
    rules.inactivity,
  ]);
  const day = new Date(now().getTime() - grace * 1000);
  await pool.query('delete from auth.refresh_tokens where revoked and updated_at < $1', [day]);
  await pool.query('delete from auth.flow_state where created_at < $1', [day]);
  await pool.query(`delete from auth.mfa_factors where status = 'unverified' and created_at < $1`, [day]);
  await pool.query('delete from auth.mfa_challenges where created_at < $1', [day]);
}

/** Tidies on the occasion of a request, at most every 15 minutes, without making the request wait. */
export function tidier(auth: Pick<Auth, 'pool' | 'rules' | 'now'>): () => void {
  let last = 0;
  return () => {
    const time = auth.now().getTime();
    if (time < last + quarterHour) return;
    last = time;
    tidy(auth).catch(() => (last = 0));
  };
}
