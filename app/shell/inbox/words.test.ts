import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tables } from '../../data/schema.gen.ts';
import { verdictsBySqlState } from '../../platform/sqlstate.ts';
import { fieldWord, refusalSentence } from './words.ts';

const MIGRATIONS = 'supabase/migrations';
const sql = readdirSync(MIGRATIONS)
  .map((file) => readFileSync(`${MIGRATIONS}/${file}`, 'utf8'))
  .join('\n');

const all = (pattern: RegExp): string[] => [...new Set([...sql.matchAll(pattern)].map(([, word]) => word!))];
const unknown = refusalSentence({ table: 'people', code: 'never heard of', name: 'people.save' });

/** Checks of tables that only edge functions write, by way of checked functions. */
const engines = /^(jobs|webhook_events|expense_bills)_/;

/** Rules that only guard against forged requests; no screen of ours can break them. */
const forged = new Set([
  'expense_receipts_bad_path',
  'expense_receipts_bad_thumbnail_path',
  // What was read on a photo is made to fit by columnsOf; nobody types it.
  'expense_receipts_bad_extracted_amount',
  'expense_receipts_bad_extracted_currency',
  'expense_receipts_bad_extracted_date',
  'expense_receipts_bad_extracted_merchant',
  'expense_receipts_bad_extracted_confidence',
  'expense_receipts_bad_extracted_data',
  'expense_receipts_extracted_unprocessed',
  'expense_receipts_extracted_sum_without_currency',
  // An address is made for one thing at the button beside it.
  'calendar_feeds_one_subject',
]);

describe('every refusal has a sentence', () => {
  // The engine answers the first by itself, by listing everything anew; the others are told to edge functions only.
  const unheard = new Set(['malformed_cursor', 'lease_lost', 'unknown_provider']);
  const raised = all(/refuse\(\s*'BL\d{3}', '([a-z_]+)'/g).filter((word) => !unheard.has(word));
  const thrown = all(/raise exception '([a-z_]+)' using errcode = 'BL\d{3}'/g);
  const platform = Object.values(verdictsBySqlState).flatMap(([kind, word]) => (kind === 'refusal' ? [word] : []));
  const files = [
    'file_too_large',
    'file_type_not_accepted',
    'file_not_accepted',
    'too_large',
    'device_full',
    'sealed_away',
  ];

  test.each([...new Set([...raised, ...thrown, ...platform, ...files])])('%s', (code) => {
    for (const table of ['people', 'expenses', 'settings']) {
      const sentence = refusalSentence({ table, code, name: 'x' });
      expect(sentence).not.toBe(unknown);
      expect(sentence).not.toMatch(/sync|error|please/i);
      expect(sentence).toMatch(/\.$/);
    }
  });

  test.each(all(/constraint ([a-z_]+) check/g).filter((name) => !forged.has(name) && !engines.test(name)))(
    'the check %s',
    (code) => {
      const table = Object.keys(tables).find((each) => code.startsWith(each))!;
      expect(refusalSentence({ table, code, name: 'x' })).not.toBe(unknown);
    },
  );
});

test('a check that the database named by itself tells the field', () => {
  const sentence = refusalSentence({ table: 'expenses', code: 'expenses_merchant_check', name: 'expenses.save' });
  expect(sentence).toBe('“Merchant” does not fit: it may be too long or of another form. Correct it and try again.');
});

test('a photo the store refused has words of its own', () => {
  const refused = (code: string) => refusalSentence({ table: 'expense_receipts', code, name: 'files.upload' });
  expect(refused('file_too_large')).toContain('10 MB');
  expect(refused('not_permitted')).toContain('The photo could not be stored');
  expect(refused('gone')).not.toBe(refusalSentence({ table: 'expenses', code: 'gone', name: 'expenses.save' }));
});

test('fields that belong together are named by the sum', () => {
  expect(fieldWord('expenses', ['amount_minor', 'currency'])).toBe('Amount');
  expect(fieldWord('people', ['time_zone'])).toBe('Time zone');
});
