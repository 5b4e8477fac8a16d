import { expect, test } from 'vitest';
import type { Route } from '../kernel/feature.ts';
import { activeEntry, find, isAllowed, routesOf } from './routes.ts';

const route = (path: string, more: Partial<Route> = {}): Route => ({
  path,
  tag: 'x-page',
  title: path,
  load: async () => undefined,
  ...more,
});
const routes = routesOf([
  { name: 'expenses', routes: [route('/expenses/:id'), route('/expenses/new'), route('/expenses')], nav: [] },
]);
const at = (path: string) => find(routes, new URL(path, 'https://portal.example'));

test('a fixed address wins over one with a placeholder', () => {
  expect(at('/expenses/new')?.route.path).toBe('/expenses/new');
  expect(at('/expenses/7')?.match.params).toEqual({ id: '7' });
});

test('a trailing slash and a badly encoded id lead somewhere', () => {
  expect(at('/expenses/')?.route.path).toBe('/expenses');
  expect(at('/expenses/%E0%A4%A')?.match.params).toEqual({ id: '%E0%A4%A' });
});

test('the query arrives as it was', () => {
  expect(at('/expenses?state=draft')?.match.query.get('state')).toBe('draft');
});

test('an unknown address leads nowhere', () => {
  expect(at('/nowhere')).toBeUndefined();
});

test('a guarded route is closed to nobody and to somebody without the permission', () => {
  const guarded = route('/approvals', { allowed: (viewer) => viewer.can('expenses:approve') });
  expect(isAllowed(guarded, undefined)).toBe(false);
  expect(isAllowed(guarded, { user_id: 'u', can: () => false })).toBe(false);
  expect(isAllowed(guarded, { user_id: 'u', can: () => true })).toBe(true);
});

test('the longest entry is the active one, and Today only at the root', () => {
  const paths = ['/', '/expenses', '/expenses/categories'];
  expect(activeEntry(paths, '/expenses/7')).toBe('/expenses');
  expect(activeEntry(paths, '/expenses/categories')).toBe('/expenses/categories');
  expect(activeEntry(paths, '/shows')).toBeUndefined();
});
