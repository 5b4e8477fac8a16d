import { calendarText, nameOf, type CalendarContent } from '../../app/features/calendars/rules.ts';
import { sha256 } from '../../app/kernel/digest.ts';

/** What the database answers to the hash of a secret. */
export type Answer =
  | { readonly kind: 'content'; readonly content: CalendarContent }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'unknown' };

/** Asks the database for what the person behind a secret may see. */
export type Read = (secretHash: string) => Promise<Answer>;

/** `…/calendar/<secret>` with an ending or without one; 43 letters are 256 bits. */
const ADDRESS = /\/([\w-]{43})(?:\.(\w+))?$/;
const FORMATS: ReadonlySet<string> = new Set(['ics', 'ical', 'icalendar']);
const ACCEPTED = /text\/calendar|text\/\*|\*\/\*/;
const SHOWN = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };

const say = (status: number, text: string, more: Record<string, string> = {}): Response =>
  new Response(`${text}\n`, { status, headers: { ...SHOWN, ...more } });

/** Answers a calendar that reads a secret address. */
export async function answer(request: Request, read: Read): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return say(405, 'A calendar address is only read.', { allow: 'GET, HEAD' });
  const url = new URL(request.url);
  const [, secret, ending] = ADDRESS.exec(url.pathname) ?? [];
  if (!secret) return say(404, 'There is no calendar at this address.');
  if (!isAcceptable(url.searchParams.get('format') ?? ending ?? 'ics', request.headers.get('accept')))
    return say(406, 'This calendar is given as iCalendar (.ics) only.');
  const found = await read(await sha256(secret));
  if (found.kind === 'wait')
    return say(429, 'This calendar was read too often. Try again later.', { 'retry-after': String(found.seconds) });
  if (found.kind === 'unknown') return say(404, 'There is no calendar at this address.');
  return calendarResponse(request, found.content);
}

const isAcceptable = (format: string, accept: string | null): boolean =>
  FORMATS.has(format.toLowerCase()) && (!accept || ACCEPTED.test(accept));

async function calendarResponse(request: Request, content: CalendarContent): Promise<Response> {
  const text = calendarText(content);
  const etag = `"${(await sha256(text)).slice(0, 32)}"`;
  const headers = { etag, 'cache-control': 'private, no-cache' };
  if (hasAlready(request, etag)) return new Response(null, { status: 304, headers });
  const name =
    nameOf(content)
      .replace(/[^\w .-]+/g, ' ')
      .trim() || 'calendar';
  return new Response(request.method === 'HEAD' ? null : text, {
    headers: {
      ...headers,
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `inline; filename="${name}.ics"`,
      'x-content-type-options': 'nosniff',
    },
  });
}

/** RFC 9110: a list of tags, each perhaps weak; any of them is enough. */
function hasAlready(request: Request, etag: string): boolean {
  const tags = request.headers.get('if-none-match')?.split(',') ?? [];
  return tags.some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}
