/** The part of "who am I" that routes and navigation may ask about. */
export interface Viewer {
  readonly user_id: string;
  readonly can: (permission: string) => boolean;
}

/** What a page element receives from the router as its `route` property. */
export interface RouteMatch {
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** One address of a feature: a pattern such as `/expenses/:id`, the element's tag and how to load it. */
export interface Route {
  readonly path: string;
  readonly tag: string;
  readonly title: string;
  readonly load: () => Promise<unknown>;
  readonly allowed?: (viewer: Viewer) => boolean;
}

/** Counts from local rows; one that needs much code is loaded when the frame stands. */
export type Counter = (() => Promise<number>) | { readonly load: () => Promise<() => Promise<number>> };

/** One entry of the navigation; `pocket` places it in the phone's bottom bar, otherwise it is under More. */
export interface NavEntry {
  readonly path: string;
  readonly label: string;
  readonly icon: string;
  readonly order: number;
  readonly pocket?: boolean;
  readonly allowed?: (viewer: Viewer) => boolean;
  /** Live number shown beside the entry, 0 hides it. */
  readonly count?: Counter;
}

/** What the round + on a phone and the command palette offer. */
export interface Action {
  readonly label: string;
  readonly icon: string;
  readonly path: string;
  readonly allowed?: (viewer: Viewer) => boolean;
}

/** The front door of a feature: everything the shell needs to know of it. */
export interface Feature {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly nav: readonly NavEntry[];
  readonly actions?: readonly Action[];
  /** Runs once when a person's work has been opened: takes up what an earlier visit left half done. */
  readonly begin?: () => void;
}
