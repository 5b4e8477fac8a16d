/** Where somebody wants to go; the router listens for it on `window`. */
export class NavigateEvent extends Event {
  static readonly type = 'ui-navigate';
  readonly path: string;
  readonly replace: boolean;

  constructor(path: string, replace: boolean) {
    super(NavigateEvent.type);
    this.path = path;
    this.replace = replace;
  }
}

/** Goes to a path of this app without loading a page; `replace` leaves no step in the history. */
export function navigate(path: string, options: { replace?: boolean } = {}): void {
  window.dispatchEvent(new NavigateEvent(path, options.replace ?? false));
}
