import type { Mail } from './context.ts';

/** The occasions on which the service writes to a person. */
export type MailKind = 'signup' | 'magiclink' | 'recovery' | 'invite' | 'email_change' | 'reauthentication';

interface Words {
  subject: string;
  lead: string;
  action: string;
  after: string;
}

const ignore = 'If you did not ask for this, you can ignore this mail: nothing will change.';

const words: Record<MailKind, Words> = {
  signup: {
    subject: 'Confirm your e-mail address',
    lead: 'Welcome to BIG Live Portal. Please confirm that this address is yours, then sign in.',
    action: 'Confirm my address',
    after: ignore,
  },
  magiclink: {
    subject: 'Your sign-in link',
    lead: 'Here is your way into BIG Live Portal. It works once.',
    action: 'Sign in',
    after: ignore,
  },
  recovery: {
    subject: 'Choose a new password',
    lead: 'Somebody, probably you, asked for a new password for BIG Live Portal.',
    action: 'Choose a new password',
    after: ignore,
  },
  invite: {
    subject: 'You are invited to BIG Live Portal',
    lead: 'A team has invited you to join them on BIG Live Portal. The link signs you in at once.',
    action: 'Accept the invitation',
    after: 'If you do not know who this is from, you can ignore this mail.',
  },
  email_change: {
    subject: 'Confirm your new e-mail address',
    lead: 'You asked to use another e-mail address with BIG Live Portal. Please confirm the change.',
    action: 'Confirm the change',
    after: 'If you did not ask for this, do not confirm, and change your password.',
  },
  reauthentication: {
    subject: 'Confirm that it is you',
    lead: 'Type this code in BIG Live Portal to confirm that it is you.',
    action: '',
    after: ignore,
  },
};

const escaped = (value: string): string => value.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);

const plain = ({ lead, action, after }: Words, code: string, link: string, minutes: number): string =>
  [
    lead,
    link && `${action}: ${link}`,
    `${link ? 'Or type this code' : 'Your code'}: ${code}`,
    `Valid for ${minutes} minutes. ${after}`,
    'BIG Live Portal',
  ]
    .filter(Boolean)
    .join('\n\n');

const html = ({ lead, action, after }: Words, code: string, link: string, minutes: number): string => `<!doctype html>
<html lang="en"><body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c1c1e;background:#fff">
<p>${escaped(lead)}</p>
${link && `<p><a href="${escaped(link)}" style="display:inline-block;padding:12px 20px;border-radius:4px;background:#1f4fd8;color:#fff;text-decoration:none">${escaped(action)}</a></p>`}
<p>${link ? 'Or type this code:' : 'Your code:'} <strong style="font-size:24px;letter-spacing:4px">${escaped(code)}</strong></p>
<p style="color:#5b5b60">Valid for ${minutes} minutes. ${escaped(after)}</p>
<p style="color:#5b5b60">BIG Live Portal</p>
</body></html>`;

/** Writes one mail with its link (empty for code only) and code; `validFor` is in seconds. */
export function writeMail(kind: MailKind, to: string, code: string, link: string, validFor: number): Mail {
  const chosen = words[kind];
  const minutes = Math.max(1, Math.round(validFor / 60));
  return {
    to,
    subject: chosen.subject,
    html: html(chosen, code, link, minutes),
    text: plain(chosen, code, link, minutes),
  };
}
