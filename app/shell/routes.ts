import type { Feature, Route, RouteMatch, Viewer } from '../kernel/feature.ts';

/** A route with what its address said. */
export interface Found {
  readonly route: Route;
  readonly match: RouteMatch;
}

/** The more specific pattern wins: `/expenses/new` before `/expenses/:id`. */
const bySpecificity = (a: Route, b: Route): number => placeholders(a) - placeholders(b);
const placeholders = ({ path }: Route): number => path.split('/').filter((part) => part.startsWith(':')).length;

/** All routes of the features, ready to be asked. */
export const routesOf = (features: readonly Feature[]): Route[] =>
  features.flatMap(({ routes }) => [...routes]).sort(bySpecificity);

/** The route that an address leads to, or undefined. */
export function find(routes: readonly Route[], url: URL): Found | undefined {
  const path = url.pathname.replace(/(.)\/$/, '$1');
  for (const route of routes) {
    const params = paramsOf(route.path, path);
    if (params) return { route, match: { path, params, query: url.searchParams } };
  }
  return undefined;
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decoded(given[at]!);
    else if (part !== given[at]) return undefined;
  }
  return params;
}

/** A badly encoded address is still an address. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether this person may open a route or see an entry. */
export const isAllowed = (
  { allowed }: { readonly allowed?: (viewer: Viewer) => boolean },
  viewer: Viewer | undefined,
): boolean => !allowed || (viewer !== undefined && allowed(viewer));

/** The entry of the navigation that an address belongs to: the longest path it begins with. */
export function activeEntry(paths: readonly string[], path: string): string | undefined {
  const under = paths.filter((entry) =>
    entry === '/' ? path === '/' : path === entry || path.startsWith(`${entry}/`),
  );
  return under.sort((a, b) => b.length - a.length)[0];
}
