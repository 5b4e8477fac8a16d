import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether a media query holds, kept fresh for an element. */
export class MediaMatch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #list: MediaQueryList;

  constructor(host: ReactiveControllerHost, query: string) {
    this.#host = host;
    this.#list = matchMedia(query);
    host.addController(this);
  }

  get matches(): boolean {
    return this.#list.matches;
  }

  hostConnected(): void {
    this.#list.addEventListener('change', this.#onChange);
  }

  hostDisconnected(): void {
    this.#list.removeEventListener('change', this.#onChange);
  }

  #onChange = (): void => this.#host.requestUpdate();
}

/** Whether there is room for a list and a detail side by side. */
export const desk = (host: ReactiveControllerHost): MediaMatch => new MediaMatch(host, '(min-width: 1024px)');
