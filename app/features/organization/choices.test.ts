import { expect, test } from 'vitest';
import { currencyChoices, currencyHere, localeChoices, zoneChoices } from './choices.ts';

test('the usual currencies stand first and the one in use is never missing', () => {
  const choices = currencyChoices('XTS', 'en');
  expect(choices[0]).toEqual({ value: 'EUR', label: 'EUR, Euro' });
  expect(choices.map((each) => each.value)).toEqual(expect.arrayContaining(['KWD', 'XTS']));
  expect(new Set(choices.map((each) => each.value)).size).toBe(choices.length);
});

test('zones are grouped by continent and named by city', () => {
  const groups = zoneChoices('Europe/Berlin');
  const america = groups.find(({ group }) => group === 'America')!;
  expect(america.zones).toContainEqual({ value: 'America/New_York', label: 'New York' });
  expect(groups.find(({ group }) => group === 'UTC')?.zones).toEqual([{ value: 'UTC', label: 'UTC' }]);
});

test('a new organisation starts with the currency of the region', () => {
  expect(currencyHere('en-US')).toBe('USD');
  expect(currencyHere('de-DE')).toBe('EUR');
  expect(currencyHere('en')).toBe('USD');
  expect(currencyHere('pt-BR')).toBe('BRL');
});

test('the locale in use is offered even when it is rare', () => {
  expect(localeChoices('cy-GB').map((each) => each.value)).toContain('cy-GB');
});
