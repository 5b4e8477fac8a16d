import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The look a person chose; `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark';

/** The look in use on this device. */
export function theme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

/** Changes the look at once and for later visits. */
export function useTheme(chosen: Theme): void {
  if (chosen === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
  try {
    if (chosen === 'system') localStorage.removeItem('theme');
    else localStorage.setItem('theme', chosen);
  } catch {
    // Storage may be shut in a private window; the choice then holds for this visit.
  }
  for (const listener of listeners) listener();
}

const listeners = new Set<() => void>();

/** The look in use, kept fresh for an element. */
export class ThemeController implements ReactiveController {
  readonly #redraw: () => void;

  constructor(host: ReactiveControllerHost) {
    this.#redraw = () => host.requestUpdate();
    host.addController(this);
  }

  get value(): Theme {
    return theme();
  }

  hostConnected(): void {
    listeners.add(this.#redraw);
  }

  hostDisconnected(): void {
    listeners.delete(this.#redraw);
  }
}
