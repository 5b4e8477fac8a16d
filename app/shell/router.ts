import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ask } from '../ui/ask.ts';
import { NavigateEvent } from '../ui/navigate.ts';
import { forgetUnsaved, hasUnsaved } from '../ui/unsaved.ts';
import { words } from './words.ts';

/** The address bar as its element's state: links, `navigate()` and the back button all end here. */
export class Router implements ReactiveController {
  url = new URL(location.href);
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
    history.scrollRestoration = 'manual';
  }

  hostConnected(): void {
    addEventListener('click', this.#onClick);
    addEventListener('popstate', this.#onPop);
    addEventListener('beforeunload', this.#onUnload);
    addEventListener(NavigateEvent.type, this.#onNavigate);
  }

  hostDisconnected(): void {
    removeEventListener('click', this.#onClick);
    removeEventListener('popstate', this.#onPop);
    removeEventListener('beforeunload', this.#onUnload);
    removeEventListener(NavigateEvent.type, this.#onNavigate);
  }

  /** Where the page stood when the person left this step of the history. */
  get rememberedScroll(): number {
    return (history.state as { scroll?: number } | null)?.scroll ?? 0;
  }

  async #go(url: URL, replace: boolean): Promise<void> {
    if (!(await mayLeave())) return;
    history.replaceState({ ...(history.state as object | null), scroll: scrollY }, '');
    if (replace) history.replaceState({}, '', url);
    else history.pushState({}, '', url);
    this.#arrive();
  }

  #arrive(): void {
    this.url = new URL(location.href);
    this.#host.requestUpdate();
  }

  #onClick = (event: MouseEvent): void => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (event.defaultPrevented || !plain || !link?.href || link.target || link.download) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname === '/mail') return;
    event.preventDefault();
    void this.#go(url, url.href === location.href);
  };

  #onNavigate = (event: Event): void => {
    const { path, replace } = event as NavigateEvent;
    void this.#go(new URL(path, location.href), replace);
  };

  #onPop = (): void => {
    if (!hasUnsaved()) return this.#arrive();
    const wanted = location.href;
    history.pushState({}, '', this.url);
    void this.#go(new URL(wanted), false);
  };

  #onUnload = (event: BeforeUnloadEvent): void => {
    if (hasUnsaved()) event.preventDefault();
  };
}

async function mayLeave(): Promise<boolean> {
  if (!hasUnsaved()) return true;
  const leaving = await ask({ heading: words.leaveAsk, text: words.leaveText, confirm: words.leave, danger: true });
  if (leaving) forgetUnsaved();
  return leaving;
}
