/** Asks the screen lock around the app to lock now. */
export class LockEvent extends Event {
  static readonly type = 'lock-now';

  constructor() {
    super(LockEvent.type, { bubbles: true, composed: true });
  }
}
