// Says whether the services that the others lean on answer. Public: it tells no more than up or down.
const CHECKS = { rest: '/rest/v1/', auth: '/auth/v1/health', storage: '/storage/v1/bucket' } as const;
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, x-client-info, apikey, content-type',
};

async function answers(path: string): Promise<'ok' | 'down'> {
  const key = Deno.env.get('SUPABASE_ANON_KEY') ?? '';
  const headers = { apikey: key, authorization: `Bearer ${key}` };
  try {
    const reply = await fetch(`${Deno.env.get('SUPABASE_URL')}${path}`, {
      headers,
      signal: AbortSignal.timeout(3_000),
    });
    await reply.body?.cancel();
    return reply.ok ? 'ok' : 'down';
  } catch {
    return 'down';
  }
}

Deno.serve(async (request) => {
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS });
  if (request.method !== 'GET') return Response.json({ message: 'Method not allowed' }, { status: 405, headers: CORS });
  const found = await Promise.all(Object.entries(CHECKS).map(async ([name, path]) => [name, await answers(path)]));
  const services = Object.fromEntries(found);
  const up = Object.values(services).every((state) => state === 'ok');
  const body = { status: up ? 'ok' : 'degraded', services, at: new Date().toISOString() };
  return Response.json(body, { status: up ? 200 : 503, headers: { ...CORS, 'cache-control': 'no-store' } });
});
