import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { localDatabase } from '../../data/db.ts';
import { authPort } from '../../platform/auth-port.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-dialog.ts';
import '../../ui/ui-icon.ts';
import { signOutHere } from '../account/sign-out.ts';
import { IdleWatch, type Idle } from './idle.ts';
import './pin-sheet.ts';
import { offersPin, postponePin } from './pin-shelf.ts';
import { lockSeal } from './seal-lock.ts';
import { lockStyles } from './screen-lock.styles.ts';
import './unlock-form.ts';
import { currentWork } from '../work.ts';
import { leftWords, words } from './words.ts';

const activity = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
const wakings = ['focus', 'pageshow', 'storage'] as const;

/**
 * Wraps the whole signed-in app: `<screen-lock><app-frame></app-frame></screen-lock>`. After 30 idle minutes it covers
 * everything while the page beneath stays mounted with all that was typed. Needs the person's local database in use.
 */
@customElement('screen-lock')
export class ScreenLock extends LitElement {
  @property({ attribute: 'user-id' }) userId = '';
  @property() email = '';
  @state() private idle: Idle = { phase: 'active' };
  @state() private known = false;
  @state() private offering = false;
  @query('dialog.lock') private dialog!: HTMLDialogElement;
  #watch: IdleWatch | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const name of activity) window.addEventListener(name, this.#onActivity, { passive: true, capture: true });
    for (const name of wakings) window.addEventListener(name, this.#onLook);
    document.addEventListener('visibilitychange', this.#onLook);
    this.#timer = setInterval(this.#onLook, 1000);
    void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const name of activity) window.removeEventListener(name, this.#onActivity, { capture: true });
    for (const name of wakings) window.removeEventListener(name, this.#onLook);
    document.removeEventListener('visibilitychange', this.#onLook);
    clearInterval(this.#timer);
    this.#watch = undefined;
    this.known = false;
  }

  override updated(): void {
    const locked = this.idle.phase === 'locked';
    if (locked && !this.dialog.open) this.dialog.showModal();
    if (!locked && this.dialog.open) this.dialog.close();
  }

  override render() {
    const locked = this.idle.phase === 'locked';
    // Hidden until it is known whether the screen is locked: a reload must not show a glimpse.
    const covered = locked || !this.known;
    return html`
      <div class=${covered ? 'covered' : ''} ?inert=${covered} @lock-now=${this.#onLockNow}><slot></slot></div>
      <dialog class="lock" closedby="none" aria-labelledby="heading" @cancel=${this.#onCancel} @close=${this.#onClosed}>
        ${locked ? this.#cover() : nothing}
      </dialog>
      ${this.#warning()}
      <pin-sheet ?open=${this.offering && this.idle.phase === 'active'} @pin-done=${this.#onPin}></pin-sheet>
    `;
  }

  #cover() {
    return html`<div class="panel">
      <div class="disc"><ui-icon name="lock"></ui-icon></div>
      <div class="head">
        <h1 id="heading">${words.locked}</h1>
        <p class="quiet">${this.email}</p>
        <p class="quiet small">${words.locked_lead}</p>
      </div>
      <unlock-form .email=${this.email} @unlocked=${this.#onUnlocked}></unlock-form>
      <button class="button quiet out" @click=${() => void signOutHere()}>
        <ui-icon name="log-out"></ui-icon>${words.sign_out}
      </button>
    </div>`;
  }

  #warning() {
    const left = this.idle.phase === 'warning' ? this.idle.seconds_left : undefined;
    return html`<ui-dialog heading=${words.warning} ?open=${left !== undefined} @ui-close=${this.#onStay}>
      ${left === undefined ? nothing : html`<p role="timer">${words.warning_text(leftWords(left))}</p>`}
      <div class="warning">
        <button class="button" @click=${this.#onLockNow}>${words.lock_now}</button>
        <button class="button primary" @click=${this.#onStay}>${words.stay}</button>
      </div>
    </ui-dialog>`;
  }

  async #begin(): Promise<void> {
    const [record, session, offering] = await Promise.all([authPort().record(), authPort().session(), offersPin()]);
    if (!this.isConnected) return;
    this.email ||= session?.email ?? record.last_email ?? '';
    const user_id = this.userId || (session?.user_id ?? '');
    const onChange = (idle: Idle) => this.#becameIdle(idle);
    this.#watch = new IdleWatch({ user_id, signed_in_at: record.signed_in_at, onChange });
    if (!(await localDatabase().seal.isOpen())) this.#watch.lock();
    this.#watch.check();
    this.#watch.touch();
    this.offering = offering;
    this.known = true;
  }

  #becameIdle(idle: Idle): void {
    if (idle.phase === 'locked' && this.idle.phase !== 'locked') void lockSeal();
    this.idle = idle;
  }

  #onActivity = (): void => this.#watch?.touch();

  #onLook = (): void => void this.#watch?.check();

  #onLockNow = (): void => this.#watch?.lock();

  #onCancel = (event: Event): void => event.preventDefault();

  /** Browsers let a second Esc close a dialog against its will. */
  #onClosed = (): void => {
    if (this.idle.phase === 'locked') this.dialog.showModal();
  };

  #onStay = (): void => this.#watch?.stay();

  #onUnlocked = (): void => {
    this.#watch?.unlock();
    currentWork()?.engine.beat('focus'); // what came while it was locked could not be sealed
  };

  #onPin = (event: CustomEvent<{ set: boolean }>): void => {
    this.offering = false;
    if (!event.detail.set) void postponePin();
  };

  static override styles = [base, controls, lockStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'screen-lock': ScreenLock;
  }
}
