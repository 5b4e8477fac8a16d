import { RestError } from './errors.ts';

/** What the `Prefer` header asks for. */
export interface Preferences {
  returning: 'minimal' | 'representation' | 'headers-only';
  count: 'exact' | 'planned' | 'estimated' | undefined;
  resolution: 'merge' | 'ignore' | undefined;
  missingDefault: boolean;
  maxAffected: number | undefined;
  /** For the `Preference-Applied` header. */
  applied: string[];
}

const KNOWN: Record<string, RegExp> = {
  return: /^(minimal|representation|headers-only)$/,
  count: /^(exact|planned|estimated)$/,
  resolution: /^(merge-duplicates|ignore-duplicates)$/,
  missing: /^(default|null)$/,
  handling: /^(strict|lenient)$/,
  'max-affected': /^\d+$/,
  tx: /^(commit|rollback)$/,
  timezone: /^[\w/+-]+$/,
};

/** Reads the `Prefer` header; under `handling=strict` an unknown preference is refused. */
export function parsePreferences(header: string | null): Preferences {
  const given = (header ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  const known = new Map(given.filter(isKnown).map((item) => item.split('=') as [string, string]));
  const unknown = given.filter((item) => !isKnown(item));
  if (known.get('handling') === 'strict' && unknown.length > 0) {
    throw new RestError(400, 'PGRST122', 'Invalid preferences given with handling=strict', {
      details: `Invalid preferences: ${unknown.join(', ')}`,
    });
  }
  const strict = known.get('handling') === 'strict';
  const resolution = known.get('resolution');
  return {
    returning: (known.get('return') as Preferences['returning'] | undefined) ?? 'minimal',
    count: known.get('count') as Preferences['count'],
    resolution: resolution === undefined ? undefined : resolution === 'merge-duplicates' ? 'merge' : 'ignore',
    missingDefault: known.get('missing') === 'default',
    maxAffected: strict && known.has('max-affected') ? Number(known.get('max-affected')) : undefined,
    applied: given.filter((item) => isKnown(item) && !item.startsWith('tx=')),
  };
}

function isKnown(item: string): boolean {
  const [name, value] = item.split('=') as [string, string?];
  return KNOWN[name]?.test(value ?? '') ?? false;
}
