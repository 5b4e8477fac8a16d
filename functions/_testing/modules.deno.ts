// Every function starts on this Deno: it can be imported and hands a handler to Deno.serve.
import { expect, test } from './vitest.ts';

Deno.env.set('SUPABASE_URL', 'http://127.0.0.1:9');
Deno.env.set('SUPABASE_SERVICE_ROLE_KEY', 'key');
Deno.env.set('CREDENTIALS_KEYS', `k:${btoa('0'.repeat(32))}`);

const folder = new URL('../', import.meta.url);
const names = [...Deno.readDirSync(folder)].filter((entry) => entry.isDirectory && !entry.name.startsWith('_'));

test('there are functions to start', () => expect(names.length).toBeGreaterThan(3));

for (const { name } of names.sort((a, b) => a.name.localeCompare(b.name)))
  test(`the function ${name} starts`, async () => {
    const handlers: unknown[] = [];
    const serve = Deno.serve;
    Deno.serve = ((handler: unknown) => void handlers.push(handler)) as never;
    try {
      await import(new URL(`${name}/index.ts`, folder).href);
    } finally {
      Deno.serve = serve;
    }
    expect(handlers).toEqual([expect.any(Function)]);
  });
