import type { Books } from './state.ts';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const CARRIED = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
];

/** The page on which a person lets the product into an organisation of the sandbox. */
export function consentPage(query: URLSearchParams, books: readonly Books[]): Response {
  const hidden = CARRIED.filter((name) => query.has(name)).map(
    (name) => `<input type="hidden" name="${name}" value="${escapeHtml(query.get(name)!)}">`,
  );
  const choices = books.map(
    ({ tenantId, name }, at) =>
      `<label><input type="radio" name="tenant" value="${tenantId}"${at === 0 ? ' checked' : ''}> ${escapeHtml(name)}</label>`,
  );
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Allow access – Xero sandbox</title><style>${STYLE}</style></head>
<body><main><p class="sandbox">Sandbox: this is not Xero, and nothing leaves this machine.</p>
<h1>BIG Live Portal wants access to</h1>
<form method="post" action="">${hidden.join('')}<fieldset><legend>Organisation</legend>${choices.join('')}</fieldset>
<p>It will be able to read accounts and tracking categories, and to write contacts, bills and attachments.</p>
<div><button name="decision" value="allow">Allow access</button><button name="decision" value="deny" class="quiet">Cancel</button></div>
</form></main></body></html>`;
  return new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } });
}

const STYLE = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0;display:grid;place-items:center;min-height:100vh}
main{max-width:28rem;padding:1.5rem}h1{font-size:1.25rem}fieldset{border:1px solid #8888;border-radius:8px}
label{display:flex;gap:.5rem;align-items:center;min-height:44px}div{display:flex;gap:.75rem}
button{min-height:44px;padding:0 1rem;border-radius:8px;border:1px solid #0b5;background:#084;color:#fff;font:inherit}
.quiet{background:none;color:inherit;border-color:#8888}.sandbox{padding:.5rem .75rem;border-radius:8px;background:#fc03}`;
