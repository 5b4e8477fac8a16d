// Tells a test what reached the function.
import { z } from 'zod';

const Told = z.object({ fail: z.boolean().optional() });

Deno.serve(async (request) => {
  const text = await request.text();
  if (text.startsWith('{') && Told.parse(JSON.parse(text)).fail) throw new Error('asked to fail');
  const secrets = ['SUPABASE_URL', 'SUPABASE_ANON_KEY', 'SUPABASE_SERVICE_ROLE_KEY', 'SUPABASE_DB_URL'];
  const told = {
    method: request.method,
    path: new URL(request.url).pathname,
    query: new URL(request.url).search,
    body: text,
    type: request.headers.get('content-type'),
    signed: request.headers.has('authorization'),
    custom: request.headers.get('x-custom'),
    has: secrets.filter((name) => Deno.env.get(name)),
    leaked: [...request.headers.keys()].filter((name) => name.startsWith('x-stack-')),
  };
  return Response.json(told, {
    status: request.method === 'OPTIONS' ? 200 : 201,
    headers: { 'x-answered-by': 'echo' },
  });
});
