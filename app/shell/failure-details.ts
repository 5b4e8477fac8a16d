import type { Failure } from '../kernel/failure.ts';

/** What somebody who mends it needs to know, as plain text; it holds addresses and code lines, never anybody's data. */
export function detailsOf(failure: Failure | undefined): string {
  const { code = 'unknown', kind = 'bug', message = '', stack = '', cause } = failure ?? {};
  const inner = cause instanceof Error ? `caused by ${cause.name}: ${cause.stack ?? cause.message}` : '';
  const place = `${location.origin}${location.pathname}`;
  return [new Date().toISOString(), place, navigator.userAgent, `${kind} ${code}: ${message}`, stack, inner]
    .filter(Boolean)
    .join('\n');
}
