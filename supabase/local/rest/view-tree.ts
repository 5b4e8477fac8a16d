/** A column of a view that is a plain column of the relation below it. */
export interface ViewColumn {
  name: string;
  /** Oid of the relation that the column comes from. */
  table: number;
  /** Its position there, from 1. */
  position: number;
}

/** Reads a view's stored query tree: which of its columns are columns of which table. */
export function viewColumns(tree: string): ViewColumn[] {
  return targetEntries(tree).flatMap((entry) => {
    const name = /:resname (\S+)/.exec(entry)?.[1]?.replaceAll('\\', '');
    const table = Number(/:resorigtbl (\d+)/.exec(entry)?.[1] ?? 0);
    const position = Number(/:resorigcol (\d+)/.exec(entry)?.[1] ?? 0);
    const hidden = /:resjunk true/.test(entry);
    return name && table > 0 && position > 0 && !hidden ? [{ name, table, position }] : [];
  });
}

/** The entries of the outermost target list only: sub-queries have lists of their own. */
function targetEntries(tree: string): string[] {
  const list = outermost(tree, ':targetList (');
  if (list === undefined) return [];
  const entries: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < list.length; at += 1) {
    const letter = list[at];
    if (letter === '\\') at += 1;
    else if (letter === '{' && depth++ === 0) start = at;
    else if (letter === '}' && --depth === 0) entries.push(ownFields(list.slice(start, at + 1)));
  }
  return entries;
}

/** The text of an entry without the nodes inside it, whose fields have the same names. */
function ownFields(entry: string): string {
  let depth = 0;
  let text = '';
  for (const letter of entry) {
    if (letter === '{') depth += 1;
    if (depth === 1) text += letter;
    if (letter === '}') depth -= 1;
  }
  return text;
}

/** What stands in the parenthesis of a field of the outermost query, `({QUERY … :field (…) …})`. */
function outermost(tree: string, field: string): string | undefined {
  let braces = 0;
  for (let at = 0; at < tree.length; at += 1) {
    const letter = tree[at];
    if (letter === '\\') at += 1;
    else if (letter === '{') braces += 1;
    else if (letter === '}') braces -= 1;
    else if (braces === 1 && tree.startsWith(field, at)) return enclosed(tree, at + field.length);
  }
  return undefined;
}

function enclosed(tree: string, start: number): string {
  let depth = 1;
  for (let at = start; at < tree.length; at += 1) {
    const letter = tree[at];
    if (letter === '\\') at += 1;
    else if (letter === '(') depth += 1;
    else if (letter === ')' && --depth === 0) return tree.slice(start, at);
  }
  return tree.slice(start);
}
