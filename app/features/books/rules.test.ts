import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  billOf,
  billReference,
  hubdocMails,
  receiptName,
  trackingFor,
  xeroCsv,
  type BillDraft,
  type CsvClaim,
} from './rules.ts';

const claim = (more: Partial<CsvClaim> = {}): CsvClaim => ({
  expense_id: '7b0c1f52-6d1e-4a6b-9c3d-3f2a9c7d11e0',
  round: 1,
  money: { amount_minor: 6420, currency: 'EUR' },
  expense_date: '2026-11-14',
  approved_on: '2026-11-25',
  merchant: 'Tankstelle Nord',
  description: 'Diesel, Graz to Vienna',
  category: 'Fuel and tolls',
  account_code: '449',
  tour: 'Winter run',
  show: 'Vienna, Arena',
  contact: 'Mara Vogt',
  email: 'mara@example.com',
  tax_name: null,
  ...more,
});
const tracking = [
  {
    id: 't',
    name: 'Tour',
    options: [
      { id: 'o1', name: 'Summer festivals' },
      { id: 'o2', name: 'WINTER  run ' },
    ],
  },
  { id: 's', name: 'Show', options: [{ id: 'o3', name: 'Vienna, Arena' }] },
  { id: 'x', name: 'Third', options: [{ id: 'o4', name: 'Winter run' }] },
];
const options = { order: 'day-first', tax_name: 'Tax Exempt', tracking: [] } as const;

test('a claim becomes a bill', () => {
  expect(billOf(claim(), tracking)).toEqual({
    reference: 'BLP-3F2A9C7D11E0',
    date: '2026-11-14',
    due: '2026-12-09',
    money: { amount_minor: 6420, currency: 'EUR' },
    account_code: '449',
    description: 'Tankstelle Nord: Diesel, Graz to Vienna (Fuel and tolls, Winter run, Vienna, Arena)',
    tracking: [
      { category_id: 't', option_id: 'o2', category: 'Tour', option: 'WINTER  run ' },
      { category_id: 's', option_id: 'o3', category: 'Show', option: 'Vienna, Arena' },
    ],
  });
});

test('the second bill of a claim has a name of its own', () => {
  expect(billReference('7b0c1f52-6d1e-4a6b-9c3d-3f2a9c7d11e0', 2)).toBe('BLP-3F2A9C7D11E0-2');
});

test('what is missing is named before anybody is asked', () => {
  expect(billOf(claim({ category: null }), [])).toBe('no_category');
  expect(billOf(claim({ account_code: null }), [])).toBe('no_account');
  expect(billOf(claim({ account_code: '' }), [])).toBe('no_account');
});

test('a claim without a show belongs to no choice', () => {
  expect(trackingFor([null, null], tracking)).toEqual([]);
  expect((billOf(claim({ tour: null, show: null }), tracking) as BillDraft).description).toBe(
    'Tankstelle Nord: Diesel, Graz to Vienna (Fuel and tolls)',
  );
});

test('receipts keep their names', () => {
  expect(receiptName(0, { id: '7b0c1f52-6d1e-4a6b-9c3d-3f2a9c7d11e0', mime_type: 'image/jpeg' })).toBe(
    'receipt-1-9c7d11e0.jpg',
  );
});

test.each([
  ['EUR', 6420, '64.20'],
  ['JPY', 12_345, '12345'],
  ['KWD', 1_001, '1.001'],
  ['EUR', 9_999_999_999, '99999999.99'],
])('a sum in %s is written exactly', (currency, amount_minor, written) => {
  const { files } = xeroCsv([claim({ money: { amount_minor, currency } })], options, '2026-11-25');
  expect(cellsOf(files[0]!.text)[1]).toMatchObject({ Total: written, '*UnitAmount': written, Currency: currency });
});

test('the import file has the columns that Xero asks for, and days as its region writes them', () => {
  const { files } = xeroCsv([claim()], { ...options, tracking }, '2026-11-25');
  expect(files).toMatchObject([{ name: 'xero-bills-2026-11-25.csv', bills: 1 }]);
  const [header, row] = cellsOf(files[0]!.text);
  expect(Object.keys(header!).slice(0, 2)).toEqual(['*ContactName', 'EmailAddress']);
  expect(Object.keys(header!)).toHaveLength(28);
  expect(row).toMatchObject({
    '*ContactName': 'Mara Vogt',
    '*InvoiceNumber': 'BLP-3F2A9C7D11E0',
    '*InvoiceDate': '14/11/2026',
    '*DueDate': '09/12/2026',
    '*AccountCode': '449',
    '*TaxType': 'Tax Exempt',
    TrackingName1: 'Tour',
    TrackingOption2: 'Vienna, Arena',
  });
  const american = xeroCsv([claim()], { ...options, order: 'month-first' }, '2026-11-25').files[0]!.text;
  expect(cellsOf(american)[1]).toMatchObject({ '*InvoiceDate': '11/14/2026' });
});

test('claims that cannot be billed yet are left out and named', () => {
  const other = claim({ expense_id: 'x-000000000001', account_code: null });
  const { files, left_out } = xeroCsv([claim(), other], options, '2026-11-25');
  expect(files[0]!.bills).toBe(1);
  expect(left_out).toEqual([{ expense_id: 'x-000000000001', why: 'no_account' }]);
  expect(xeroCsv([], options, '2026-11-25')).toEqual({ files: [], left_out: [] });
});

test('1,001 bills are three files', () => {
  const many = Array.from({ length: 1_001 }, () => claim());
  const { files } = xeroCsv(many, options, '2026-11-25');
  expect(files.map(({ name, bills }) => [name, bills])).toEqual([
    ['xero-bills-2026-11-25-1-of-3.csv', 500],
    ['xero-bills-2026-11-25-2-of-3.csv', 500],
    ['xero-bills-2026-11-25-3-of-3.csv', 1],
  ]);
});

test('whatever was typed comes out of the file as it went in, and is never a formula', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), (merchant, contact) => {
      const [, row] = cellsOf(xeroCsv([claim({ merchant, contact })], options, '2026-11-25').files[0]!.text);
      const name = row!['*ContactName']!;
      expect(name.replace(/^'/, '')).toBe(contact.replace(/^'/, ''));
      expect(name).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

/** Reads CSV (RFC 4180) into one object a line, the header included. */
function cellsOf(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  const [header, ...lines] = rows.filter((row) => row.length > 1);
  return [header!, ...lines].map((row) => Object.fromEntries(header!.map((name, at) => [name, row[at]!])));
}

test('each receipt goes to Hubdoc in a mail of its own, whatever the merchant is called', () => {
  const receipts = [
    { id: '00000000-0000-4000-8000-000000000001', mime_type: 'image/jpeg', path: 'o/p/1.jpg' },
    { id: '00000000-0000-4000-8000-000000000002', mime_type: 'application/pdf', path: 'o/p/2.pdf' },
  ];
  const mails = hubdocMails(
    'northlight@app.hubdoc.com',
    claim({ merchant: 'Nord\r\nBcc: x@example.com' }),
    'Mara Vogt',
    receipts,
  );
  expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['northlight@app.hubdoc.com', 'BLP-3F2A9C7D11E0 Nord Bcc: x@example.com 64.20 EUR (1/2)'],
    ['northlight@app.hubdoc.com', 'BLP-3F2A9C7D11E0 Nord Bcc: x@example.com 64.20 EUR (2/2)'],
  ]);
  expect(mails[1]!.file).toEqual({ name: 'receipt-2-00000002.pdf', mime_type: 'application/pdf', path: 'o/p/2.pdf' });
  expect(hubdocMails('x@app.hubdoc.com', claim(), 'Mara', [])).toEqual([]);
});
