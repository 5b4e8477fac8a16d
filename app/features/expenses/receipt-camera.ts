import { LitElement, html, nothing, svg } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { getLocal, setLocal } from '../../data/db.ts';
import { base } from '../../ui/base.styles.ts';
import { controls } from '../../ui/controls.styles.ts';
import '../../ui/ui-file-button.ts';
import '../../ui/ui-icon.ts';
import { captureWords, hintSentence, problemSentences } from './capture-words.ts';
import { Camera, type CameraProblem } from './photos/camera.ts';
import { Guide, type Guidance, type Hint } from './photos/guidance.ts';
import { PhotoHelper } from './photos/photo-helper.ts';
import { LOOKED_AT } from './photos/scan/paper.ts';
import { fitted } from './photos/sniff.ts';
import { receiptCameraStyles } from './receipt-camera.styles.ts';

const AUTOMATIC = 'camera-automatic';
/** Looks a second: the outline follows the hand, and a phone stays cool. */
const LOOKS_PER_SECOND = 12;
const QUALITY = 0.92;

/**
 * The camera over the whole screen: finds the receipt, says in few words what would help, and takes the photo by itself when
 * it lies still. Sends `photo-taken` with the file, `ui-files` from the picker, and `camera-closed`.
 */
@customElement('receipt-camera')
export class ReceiptCamera extends LitElement {
  /** How many more photos the claim holds. */
  @property({ type: Number }) room = 0;
  @property() accept = '';
  @state() private problem: CameraProblem | undefined;
  @state() private hint: Hint = 'find';
  @state() private guidance: Guidance | undefined;
  @state() private automatic = true;
  @state() private torch: 'none' | 'off' | 'on' = 'none';
  @state() private running = false;
  @state() private taken = 0;
  @state() private flash = false;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('video') private video!: HTMLVideoElement | null;
  readonly #helper = new PhotoHelper();
  #guide = new Guide();
  #camera: Camera | undefined;
  #turn = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
    void getLocal<boolean>(AUTOMATIC).then((kept) => (this.automatic = kept ?? true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#stop();
    this.#helper.close();
  }

  override firstUpdated(): void {
    this.dialog.showModal();
    void this.#start();
  }

  override render() {
    return html`<dialog aria-label=${captureWords.camera} @close=${this.#onClose} @keydown=${this.#onKey}>
      <div class="top">
        <button type="button" class="button quiet icon-only" aria-label=${captureWords.close} @click=${this.#close}>
          <ui-icon name="x"></ui-icon>
        </button>
        ${this.#switches()}
      </div>
      <div class="stage">${this.problem ? this.#noCamera(this.problem) : this.#picture()}</div>
      <div class="bottom">${this.problem ? nothing : this.#shutter()}</div>
    </dialog>`;
  }

  #switches() {
    if (this.problem) return nothing;
    return html`<div class="row">
      ${
        this.torch === 'none'
          ? nothing
          : html`<button type="button" class="chip" aria-pressed=${this.torch === 'on'} @click=${this.#onTorch}>
              <ui-icon name="sun"></ui-icon>${captureWords.torch}
            </button>`
      }
      <button type="button" class="chip" aria-pressed=${this.automatic} @click=${this.#onAutomatic}>
        <ui-icon name=${this.automatic ? 'check' : 'circle'}></ui-icon>${captureWords.automatic}
      </button>
    </div>`;
  }

  #picture() {
    const { video } = this;
    const [width, height] = [video?.videoWidth || 4, video?.videoHeight || 3];
    const corners = this.guidance?.corners;
    return html`<video playsinline muted aria-hidden="true" class=${this.flash ? 'flash' : ''}></video>
      <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
        ${
          corners
            ? svg`<polygon
                class=${this.hint === 'ready' ? 'good' : ''}
                points=${corners.map(({ x, y }) => `${x * width},${y * height}`).join(' ')}
              ></polygon>`
            : nothing
        }
      </svg>
      <p class="hint-line" aria-live="polite">${this.#line()}</p>`;
  }

  #line(): string {
    if (this.room <= 0) return captureWords.full;
    return this.flash ? captureWords.taken(this.taken) : hintSentence[this.hint];
  }

  #noCamera(problem: CameraProblem) {
    return html`<div class="none" role="alert">
      <ui-icon name="camera"></ui-icon>
      <h2>${problemSentences[problem].heading}</h2>
      <p>${problemSentences[problem].text}</p>
      <ui-file-button
        look="primary"
        icon="image"
        capture=${problem === 'missing' ? '' : 'environment'}
        accept=${this.accept}
        >${captureWords.pickInstead}</ui-file-button
      >
      ${
        problem === 'missing' || problem === 'unsupported'
          ? nothing
          : html`<button type="button" class="button" @click=${() => void this.#start()}>${captureWords.again}</button>`
      }
    </div>`;
  }

  #shutter() {
    return html`<span class="count number">${this.taken > 0 ? captureWords.count(this.taken) : nothing}</span>
      <button
        type="button"
        class="shutter"
        aria-label=${captureWords.shoot}
        ?disabled=${!this.running || this.room <= 0}
        @click=${() => void this.#shoot()}
      ></button>
      <button type="button" class="button ${this.taken > 0 ? 'primary' : ''}" @click=${this.#close}>
        ${this.taken > 0 ? captureWords.done : captureWords.cancel}
      </button>`;
  }

  async #start(): Promise<void> {
    this.#stop();
    const turn = ++this.#turn;
    this.problem = undefined;
    const camera = await Camera.open();
    if (turn !== this.#turn || !this.isConnected) return void (typeof camera === 'object' && camera.close());
    if (typeof camera === 'string') return void (this.problem = camera);
    this.#camera = camera;
    camera.onLost(() => (this.problem = 'busy'));
    this.torch = camera.hasTorch ? 'off' : 'none';
    await this.updateComplete;
    const video = this.video!;
    video.srcObject = camera.stream;
    await video.play().catch(() => undefined); // closed meanwhile
    this.running = turn === this.#turn;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.shutter')?.focus();
    void this.#watch(turn);
  }

  /** The light of the camera goes out whenever nobody looks. */
  #stop(): void {
    this.#turn++;
    this.#camera?.close();
    this.#camera = undefined;
    this.running = false;
    this.guidance = undefined;
    this.#guide = new Guide();
  }

  /** Looks at one small frame after the other, never at two at a time. */
  async #watch(turn: number): Promise<void> {
    while (turn === this.#turn) {
      const started = performance.now();
      await this.#look().catch(() => undefined); // a frame between two sizes, or the last one
      const rest = 1_000 / LOOKS_PER_SECOND - (performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, rest)));
    }
  }

  async #look(): Promise<void> {
    const video = this.video!;
    const size = fitted({ width: video.videoWidth, height: video.videoHeight }, LOOKED_AT);
    const frame = await createImageBitmap(video, { resizeWidth: size.width, resizeHeight: size.height });
    const look = await this.#helper.ask({ does: 'look', frame }, [frame]);
    if (!this.running) return;
    this.guidance = this.#guide.take(look, size, performance.now());
    this.hint = this.guidance.hint;
    if (this.automatic && this.guidance.isSteady && this.room > 0) await this.#shoot();
  }

  async #shoot(): Promise<void> {
    const video = this.video;
    if (!this.running || !video?.videoWidth || this.room <= 0) return;
    this.#guide.taken();
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d')!.drawImage(video, 0, 0);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
    if (!blob) return;
    this.taken++;
    const file = new File([blob], captureWords.fileName(new Date()), { type: 'image/jpeg' });
    this.dispatchEvent(new CustomEvent('photo-taken', { detail: { file } }));
    this.flash = true;
    setTimeout(() => (this.flash = false), 900);
  }

  #onKey = (event: KeyboardEvent): void => {
    const isShutter = event.key === ' ' || event.key === 'Enter';
    if (!isShutter || event.repeat || (event.target as Element).closest?.('button, input, ui-file-button')) return;
    event.preventDefault();
    void this.#shoot();
  };

  #onTorch = async (): Promise<void> => {
    this.torch = (await this.#camera?.light(this.torch === 'off')) ? 'on' : 'off';
  };

  #onAutomatic = (): void => {
    this.automatic = !this.automatic;
    void setLocal(AUTOMATIC, this.automatic).catch(() => undefined); // a wish that a full device forgets
  };

  #onVisibility = (): void => {
    if (document.hidden) this.#stop();
    else if (!this.problem) void this.#start();
  };

  #close = (): void => this.dialog.close();

  #onClose = (): void => {
    this.#stop();
    this.dispatchEvent(new CustomEvent('camera-closed'));
  };

  static override styles = [base, controls, receiptCameraStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'receipt-camera': ReceiptCamera;
  }
}
