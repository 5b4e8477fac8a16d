// Asks a register of leaked passwords (k-anonymity range API) for the endings behind five hash digits, so that browsers
// need no other origin and nobody learns a password. Public; when the register is out of reach the answer is empty.
import { endingsOf, isPrefix } from './range.ts';

const REGISTER = Deno.env.get('PASSWORD_REGISTER_URL') ?? 'https://api.pwnedpasswords.com/range';
const PATIENCE_MS = 2_500;
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, x-client-info, apikey, content-type',
};

async function ask(prefix: string): Promise<{ endings: string[]; checked: boolean }> {
  try {
    const headers = { 'add-padding': 'true', 'user-agent': 'big-live-portal' };
    const reply = await fetch(`${REGISTER}/${prefix}`, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await reply.text();
    return reply.ok ? { endings: endingsOf(text), checked: true } : { endings: [], checked: false };
  } catch {
    return { endings: [], checked: false };
  }
}

Deno.serve(async (request: Request) => {
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS });
  if (request.method !== 'POST')
    return Response.json({ message: 'Method not allowed' }, { status: 405, headers: CORS });
  const { prefix } = (await request.json().catch(() => ({}))) as { prefix?: unknown };
  if (!isPrefix(prefix)) {
    const problem = { code: 'bad_prefix', message: 'prefix must be 5 hexadecimal digits in upper case' };
    return Response.json(problem, { status: 400, headers: CORS });
  }
  return Response.json(await ask(prefix), { headers: { ...CORS, 'cache-control': 'no-store' } });
});
