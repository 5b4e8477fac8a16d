/** What a link from one of our mails carries: a one-time hash, a ready session, or the server's refusal of a spent link. */
export type MailLink =
  | { readonly kind: 'hash'; readonly token_hash: string; readonly purpose: LinkPurpose }
  | {
      readonly kind: 'tokens';
      readonly access_token: string;
      readonly refresh_token: string;
      readonly purpose: LinkPurpose;
    }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'none' };

/** What the mail was for. */
export type LinkPurpose = 'signup' | 'invite' | 'magiclink' | 'recovery' | 'email_change' | 'email';

const purposes: readonly LinkPurpose[] = ['signup', 'invite', 'magiclink', 'recovery', 'email_change', 'email'];

/** Reads a link from a mail; the parts may stand in the query or behind the #. */
export function readMailLink(url: URL): MailLink {
  const parts = new URLSearchParams([...url.searchParams, ...new URLSearchParams(url.hash.replace(/^#/, ''))]);
  const get = (name: string): string => parts.get(name) ?? '';
  const purpose = purposes.find((known) => known === get('type')) ?? 'email';
  if (get('error') || get('error_code'))
    return { kind: 'refused', code: get('error_code') || get('error'), message: get('error_description') };
  if (get('token_hash')) return { kind: 'hash', token_hash: get('token_hash'), purpose };
  if (get('access_token') && get('refresh_token'))
    return { kind: 'tokens', access_token: get('access_token'), refresh_token: get('refresh_token'), purpose };
  return { kind: 'none' };
}
