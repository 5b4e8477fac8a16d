import { expect, test } from 'vitest';
import type { Catalogue, Column, Table } from './catalogue.ts';
import { render, singular } from './render.ts';

const column = (name: string, type: string, nullable = false): Column => ({ name, type, nullable, comment: null });
const table = (more: Partial<Table>): Table => ({
  name: 'hotel_rooms',
  comment: 'A room.',
  columns: [column('id', 'uuid')],
  insertable: ['id'],
  writable: [],
  groups: {},
  indexes: [],
  sealed: [],
  checks: [],
  ...more,
});
const catalogue = (more: Partial<Table>): Catalogue => ({
  tables: [table(more)],
  permissionsByRole: { owner: ['b:x', 'a:x'] },
});

test.each([
  ['people', 'Person'],
  ['tour_people', 'TourPerson'],
  ['person_details', 'PersonDetails'],
  ['expense_categories', 'ExpenseCategory'],
  ['activity', 'Activity'],
  ['expenses', 'Expense'],
  ['boxes', 'Box'],
])('a row of %s is called %s', (name, one) => {
  expect(singular(name)).toBe(one);
});

test('columns become the types that JSON gives them', () => {
  const columns = [
    column('amount_minor', 'int8', true),
    column('tags', '_text'),
    column('detail', 'jsonb'),
    column('at', 'timestamptz'),
    column('active', 'bool'),
  ];
  const text = render(catalogue({ columns }));
  expect(text).toContain('amount_minor: number | null;');
  expect(text).toContain('tags: string[];');
  expect(text).toContain('detail: unknown;');
  expect(text).toContain('at: string;');
  expect(text).toContain('active: boolean;');
});

test('a check that lists values becomes a union', () => {
  const checks = [`CHECK ((status = ANY (ARRAY['clean'::text, 'in_use'::text])))`];
  const text = render(catalogue({ columns: [column('status', 'text')], checks }));
  expect(text).toContain(`export type HotelRoomStatus = 'clean' | 'in_use';`);
  expect(text).toContain('status: HotelRoomStatus;');
});

test('permissions are listed once and in order', () => {
  expect(render(catalogue({}))).toContain(`export type Permission = 'a:x' | 'b:x';`);
});

test('a type that is unknown here stops the generator instead of becoming anything', () => {
  expect(() => render(catalogue({ columns: [column('place', 'point')] }))).toThrow('hotel_rooms.place');
});
