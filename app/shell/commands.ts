import { switchOrganization } from '../data/who.ts';
import type { Who } from '../data/who.ts';
import { navigate } from '../ui/navigate.ts';
import { signOutHere } from './account/sign-out.ts';
import { LockEvent } from './lock/lock-event.ts';
import { theme, useTheme, type Theme } from './theme.ts';
import { words } from './words.ts';
import { currentWork } from './work.ts';

/** What the frame can lay over the page. */
export type Overlay = 'create' | 'palette' | 'shortcuts';

/** Somebody asked for an overlay; the frame hears it on `window`. */
export class ShowEvent extends Event {
  static readonly type = 'frame-show';
  readonly what: Overlay;

  constructor(what: Overlay) {
    super(ShowEvent.type);
    this.what = what;
  }
}

/** Opens an overlay of the frame. */
export const show = (what: Overlay): void => void window.dispatchEvent(new ShowEvent(what));

/** Something to do, by name: an entry of the palette or of a menu. */
export interface Command {
  readonly label: string;
  readonly icon: string;
  /** Other words somebody may type for it. */
  readonly also?: string;
  readonly run: (from: HTMLElement) => void;
}

/** The looks to choose from, with the icon of each. */
export const looks: readonly { value: Theme; label: string; icon: string }[] = [
  { value: 'system', label: words.themeSystem, icon: 'monitor' },
  { value: 'light', label: words.themeLight, icon: 'sun' },
  { value: 'dark', label: words.themeDark, icon: 'moon' },
];

/** What the frame itself can do for this person now. */
export const frameCommands = (who: Who | undefined): Command[] => [
  ...others(who),
  ...looks
    .filter(({ value }) => value !== theme())
    .map(({ value, label, icon }) => ({
      label: words.useTheme(label),
      icon,
      also: 'theme dark light appearance',
      run: () => useTheme(value),
    })),
  { label: words.syncNow, icon: 'refresh-cw', also: 'sync', run: () => currentWork()?.engine.beat('asked') },
  { label: words.shortcuts, icon: 'keyboard', also: 'help keys', run: () => show('shortcuts') },
  { label: words.lock, icon: 'lock', run: (from) => void from.dispatchEvent(new LockEvent()) },
  { label: words.signOut, icon: 'log-out', also: 'log out leave', run: () => void signOutHere() },
];

/** Another organisation starts at its own first screen: a record of the old one means nothing there. */
export function workFor(id: string): void {
  void switchOrganization(id).then(() => navigate('/'));
}

const others = (who: Who | undefined): Command[] =>
  (who?.organizations ?? [])
    .filter(({ id }) => id !== who?.organization.id)
    .map(({ id, name }) => ({
      label: words.workFor(name),
      icon: 'building-2',
      also: 'switch',
      run: () => workFor(id),
    }));
