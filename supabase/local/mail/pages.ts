import { json, type Service } from '../gateway/http.ts';
import type { CaughtMail, Mailbox } from './mailbox.ts';

/** The mail catcher: `/mail` for people, `/mail/api/messages?to=` for tests. */
export function createMailPages(mailbox: Mailbox): Service {
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const path = pathname.replace(/^\/mail\/?/, '');
    if (path === 'style.css') return new Response(STYLE, { headers: { 'content-type': 'text/css; charset=utf-8' } });
    if (path === 'api/messages') return json(200, mailbox.list(searchParams.get('to') ?? undefined));
    if (path === '') return page('Mail', list(mailbox.list(searchParams.get('to') ?? undefined)));
    const [id, part] = path.split('/');
    const mail = mailbox.find(id ?? '');
    if (!mail) return page('Not found', '<p>There is no such mail.</p><p><a href="/mail">All mail</a></p>', 404);
    return part === 'html' ? original(mail) : page(mail.subject, letter(mail));
  };
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

function page(title: string, body: string, status = 200): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)} · caught mail</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/mail/style.css"></head>
<body><main>${body}</main></body></html>`;
  const policy = "default-src 'none'; style-src 'self'; frame-src 'self'";
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
    },
  });
}

function list(mails: CaughtMail[]): string {
  const rows = mails.map(
    (mail) => `<li><a href="/mail/${mail.id}"><strong>${escape(mail.subject)}</strong>
<span>${escape(mail.to)}</span><time datetime="${mail.at}">${when(mail.at)}</time></a></li>`,
  );
  const empty = '<p>No mail yet. Ask for a sign-in link, and it appears here instead of being sent.</p>';
  return `<h1>Caught mail</h1>${rows.length > 0 ? `<ul>${rows.join('')}</ul>` : empty}`;
}

const when = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;

function letter(mail: CaughtMail): string {
  return `<p><a href="/mail">All mail</a></p><h1>${escape(mail.subject)}</h1>
<p>To ${escape(mail.to)}, <time datetime="${mail.at}">${when(mail.at)}</time></p>
<pre>${linked(mail.text)}</pre>
<h2>As it looks</h2><iframe title="The mail" src="/mail/${mail.id}/html"
 sandbox="allow-top-navigation-by-user-activation allow-popups"></iframe>`;
}

const linked = (text: string): string =>
  escape(text).replace(/https?:\/\/(?:(?!&#(?:34|39|60|62);)[^\s])+/g, (url) => `<a href="${url}">${url}</a>`);

/** The sender's own HTML, with no script and links that leave the frame. */
function original(mail: CaughtMail): Response {
  const policy =
    "default-src 'none'; img-src * data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation allow-popups";
  return new Response(`<base target="_top">${mail.html}`, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
  });
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { font-size: 1.5rem; margin: 0.5rem 0 1rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
ul { list-style: none; margin: 0; padding: 0; }
li a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: 0.75rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); color: inherit; text-decoration: none; }
li strong { grid-column: 1 / -1; }
li a:hover strong { text-decoration: underline; }
span, time { opacity: 0.75; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border-radius: 8px; background: color-mix(in srgb, currentColor 8%, transparent); }
iframe { width: 100%; height: 28rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 8px; background: #fff; }
`;
