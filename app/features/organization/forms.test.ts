import { expect, test } from 'vitest';
import { complaints, organizationForm, settingForm, typedValue } from './forms.ts';
import { words } from './words.ts';

const typed = {
  name: ' Northwind ',
  kind: 'agency',
  locale: 'en-GB',
  currency: 'EUR',
  time_zone: 'Europe/Berlin',
  limit: '10,000.00',
};

test('the limit becomes minor units of the currency', () => {
  expect(organizationForm.parse(typed)).toMatchObject({ name: 'Northwind', expense_limit_minor: 1_000_000 });
  expect(organizationForm.parse({ ...typed, currency: 'JPY', limit: '10,000' })).toMatchObject({
    expense_limit_minor: 10_000,
  });
  expect(organizationForm.parse({ ...typed, locale: 'de-DE', limit: '1.234,50' })).toMatchObject({
    expense_limit_minor: 123_450,
  });
});

test.each([
  ['', words.limit_missing],
  ['lots', words.limit_not_a_number],
  ['0', words.limit_positive],
  ['-5', words.limit_positive],
  ['1.2345', words.limit_too_precise],
])('a limit of %j is refused in words', (limit, sentence) => {
  expect(complaints(organizationForm, { ...typed, limit })).toEqual({ limit: sentence });
});

test('an organisation has a name', () => {
  expect(complaints(organizationForm, { ...typed, name: '  ' })).toEqual({ name: words.name_missing });
});

test.each([['monday'], ['12'], ['true'], ['"12"'], ['{"a":1}'], ['[1,2]']])(
  'the value %j survives being edited',
  (value) => {
    const setting = { category: 'calendar', key: 'week_starts_on', value, description: '' };
    const parsed = settingForm.parse(setting);
    expect(settingForm.parse({ ...setting, value: typedValue(parsed.value) })).toEqual(parsed);
  },
);

test('words stand for themselves, numbers and JSON are read', () => {
  const read = (value: string) => settingForm.parse({ category: 'a', key: 'b', value, description: '' }).value;
  expect(read('monday')).toBe('monday');
  expect(read('12')).toBe(12);
  expect(read('{"a":1}')).toEqual({ a: 1 });
});

test('names of settings are small and plain', () => {
  const setting = { category: 'Calendar!', key: '9', value: ' ', description: '' };
  expect(complaints(settingForm, setting)).toEqual({
    category: words.category_bad,
    key: words.key_bad,
    value: words.value_missing,
  });
});
