/** Reads the filters that the product sends, `Type=="ACCPAY" AND InvoiceNumber=="X"`; undefined for anything else. */
export function readWhere(where: string): ((row: object) => boolean) | undefined {
  const parts = where.split(/\s+(?:AND|&&)\s+/i).map((part) => /^(\w+)\s*==\s*"((?:[^"\\]|\\.)*)"$/.exec(part.trim()));
  if (parts.some((part) => !part)) return undefined;
  const wanted = parts.map((part) => [part![1]!, part![2]!.replace(/\\(.)/g, '$1')] as const);
  return (row) => wanted.every(([field, value]) => String((row as Record<string, unknown>)[field] ?? '') === value);
}
