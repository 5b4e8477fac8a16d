import { RestError } from './errors.ts';

/** Walks a piece of PostgREST's query language. */
export class Scanner {
  readonly #text: string;
  readonly #what: string;
  at = 0;

  constructor(text: string, what: string) {
    this.#text = text;
    this.#what = what;
  }

  get done(): boolean {
    return this.at >= this.#text.length;
  }

  peek(token: string): boolean {
    return this.#text.startsWith(token, this.at);
  }

  take(token: string): boolean {
    if (!this.peek(token)) return false;
    this.at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) this.fail(`expecting "${token}"`);
  }

  /** Takes what a sticky pattern matches here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (found) this.at = pattern.lastIndex;
    return found?.[0];
  }

  /** Whether a sticky pattern matches here, without taking it. */
  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.#text);
  }

  /** A name, plain or in double quotes. */
  name(): string {
    if (this.peek('"')) return this.quoted();
    return this.match(NAME)?.trim() || this.fail('expecting field name (* or [a..z0..9_$])');
  }

  /** A value in double quotes with backslash escapes. */
  quoted(): string {
    const raw = this.match(QUOTED) ?? this.fail('unfinished quotes');
    return raw.slice(1, -1).replace(/\\(.)/gs, '$1');
  }

  fail(reason: string): never {
    throw new RestError(
      400,
      'PGRST100',
      `"failed to parse ${this.#what} (${this.#text})" (line 1, column ${this.at + 1})`,
      {
        details: `unexpected ${this.done ? 'end of input' : `"${this.#text[this.at]}"`} ${reason}`,
      },
    );
  }
}

const NAME = /(?:[\p{L}\p{N}_$ ]|-(?!>))+/uy;
const QUOTED = /"(?:[^"\\]|\\.)*"/sy;

/** A column with an optional walk into its JSON: `address->lines->>0`. */
export interface Field {
  name: string;
  path: { key: string; text: boolean }[];
}

/** Reads a field with its JSON path. */
export function scanField(scanner: Scanner): Field {
  const field: Field = { name: scanner.name(), path: [] };
  for (;;) {
    const text = scanner.take('->>');
    if (!text && !scanner.take('->')) return field;
    field.path.push({ key: scanner.name(), text });
  }
}
