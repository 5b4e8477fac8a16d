import { existsSync, readFileSync } from 'node:fs';

interface Rule {
  pattern: RegExp;
  headers: Record<string, string>;
}

interface VercelFile {
  headers?: { source: string; headers: { key: string; value: string }[] }[];
}

/** The headers that vercel.json gives a path, so that the local site behaves as the deployed one. */
export function headerRules(file: string): (path: string) => Record<string, string> {
  const rules = existsSync(file) ? readRules(JSON.parse(readFileSync(file, 'utf8')) as VercelFile) : [];
  return (path) =>
    Object.assign({}, ...rules.filter(({ pattern }) => pattern.test(path)).map(({ headers }) => headers));
}

function readRules({ headers = [] }: VercelFile): Rule[] {
  return headers.map((rule) => ({
    pattern: sourcePattern(rule.source),
    headers: Object.fromEntries(rule.headers.map(({ key, value }) => [key.toLowerCase(), value])),
  }));
}

/** Vercel's `source` language: groups are regular expressions, `:name` is one segment, `:name*` any number. */
function sourcePattern(source: string): RegExp {
  const text = source
    .replace(/:\w+(?=\()/g, '')
    .split(/(\((?:[^()]|\([^()]*\))*\))/)
    .map((part) => (part.startsWith('(') ? part : segment(part)))
    .join('');
  return new RegExp(`^${text}$`);
}

function segment(part: string): string {
  return part
    .replace(/[.+?^${}|[\]\\]/g, String.raw`\$&`)
    .replace(/\/:\w+\*/g, '(?:/.*)?')
    .replace(/:\w+/g, '[^/]+');
}
