import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openMailbox } from './mailbox.ts';
import { createMailPages } from './pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'mail-'));
const file = join(folder, 'mail.ndjson');
const mail = (to: string, subject: string) => ({
  to,
  subject,
  html: '<p>Press <a href="http://x/verify?token=1&amp;a=b">here</a></p>',
  text: `Press http://x/verify?token=1&a=b to "enter" <now>`,
});
const get = async (path: string) => createMailPages(openMailbox(file))(new Request(`http://x${path}`), { ip: '' });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the newest mail is first, also after a restart and a line cut short', async () => {
  const mailbox = openMailbox(file);
  await mailbox.send(mail('ada@example.com', 'one'));
  await mailbox.send(mail('Bo@Example.com', 'two'));
  appendFileSync(file, '{"to":"cut sho');
  const again = openMailbox(file);
  expect(again.list().map(({ subject }) => subject)).toEqual(['two', 'one']);
  expect(again.list('bo@example.com').map(({ subject }) => subject)).toEqual(['two']);
});

test('tests ask by address', async () => {
  const reply = await get('/mail/api/messages?to=ada@example.com');
  expect(await reply.json()).toMatchObject([
    { to: 'ada@example.com', subject: 'one', text: expect.stringContaining('token=1&a=b') },
  ]);
});

test('people read it with a link that works and nothing that runs', async () => {
  const [newest] = openMailbox(file).list();
  const page = await (await get(`/mail/${newest!.id}`)).text();
  expect(page).toContain('<a href="http://x/verify?token=1&#38;a=b">');
  expect(page).toContain('&#60;now&#62;');
  const html = await get(`/mail/${newest!.id}/html`);
  expect(html.headers.get('content-security-policy')).toContain('sandbox');
  expect((await get('/mail')).headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await get('/mail/none')).status).toBe(404);
});
