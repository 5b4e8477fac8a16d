import { readFileSync } from 'node:fs';
import { type Client, type DatabaseError, Query } from 'pg';
import { withClient } from '../../local/postgres/prepare.ts';
import { parseTap, type TapReport } from './tap.ts';

/** What became of one test file; `failure` says why it did not run to its end. */
export interface FileReport extends TapReport {
  failure: string | undefined;
}

/** Runs one SQL test file in a transaction that is rolled back, and reads the TAP it prints. */
export function runTestFile(url: string, file: string): Promise<FileReport> {
  const text = readFileSync(file, 'utf8');
  return withClient(url, async (client) => {
    await client.query('begin; set local search_path = public, tap, extensions; set local statement_timeout = 0');
    const { output, error } = await collect(client, text);
    await client.query('rollback');
    const report = parseTap(output);
    return { ...report, failure: error ? located(error, text) : unfinished(report) };
  });
}

/** Rows are gathered one by one, so that those printed before an error are not lost with it. */
function collect(client: Client, text: string): Promise<{ output: string[]; error: DatabaseError | undefined }> {
  const output: string[] = [];
  return new Promise((resolve) => {
    const query = client.query(new Query<Record<string, unknown>>(text));
    query.on('row', (row) => {
      const [cell] = Object.values(row);
      if (typeof cell === 'string') output.push(cell);
    });
    query.on('end', () => resolve({ output, error: undefined }));
    query.on('error', (error) => resolve({ output, error: error as DatabaseError }));
  });
}

function located(error: DatabaseError, text: string): string {
  const line = error.position ? ` (line ${text.slice(0, Number(error.position)).split('\n').length})` : '';
  return [`${error.code ?? ''} ${error.message}${line}`, error.detail, error.where].filter(Boolean).join('\n');
}

function unfinished({ planned, assertions }: TapReport): string | undefined {
  if (planned === undefined) return 'It printed no plan: does it end with "select * from finish();"?';
  return planned === assertions.length ? undefined : `It planned ${planned} assertions and made ${assertions.length}.`;
}
