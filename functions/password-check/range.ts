/** The first five of the forty hexadecimal digits of a password's SHA-1, in upper case. */
export const isPrefix = (value: unknown): value is string => typeof value === 'string' && /^[0-9A-F]{5}$/.test(value);

/** Reads the register's answer, "SUFFIX:COUNT" a line; padding lines have the count 0 and are left out. */
export function endingsOf(answer: string): string[] {
  return answer
    .split(/\r?\n/)
    .map((line) => /^([0-9A-F]{35}):(\d+)$/.exec(line.trim()))
    .flatMap((match) => (match && Number(match[2]) > 0 ? [match[1]!] : []));
}
