import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LiveQuery } from '../data/live-query.ts';
import { percentOf, type SyncStatus } from '../data/sync-status.ts';
import { sendFileAgain, waitingFiles, wishUploads, type FilesWait, type WaitingFile } from '../data/uploads.ts';
import { base } from '../ui/base.styles.ts';
import { controls } from '../ui/controls.styles.ts';
import '../ui/ui-icon.ts';
import { words } from './sync-sheet-words.ts';
import { uploadStyles } from './sync-sheet.styles.ts';
import { currentWork } from './work.ts';

const reasons: Readonly<Record<FilesWait, readonly [short: string, long: string]>> = {
  paused: [words.paused, words.pausedText],
  metered: [words.metered, words.meteredText],
  low_battery: [words.lowBattery, words.lowBatteryText],
};

/** The photos and documents that only this device has, one line each, and what the person can do about them. */
@customElement('upload-list')
export class UploadList extends LitElement {
  @property({ attribute: false }) status!: SyncStatus;
  readonly #files = new LiveQuery(this, waitingFiles);

  override render() {
    const files = this.#files.value ?? [];
    if (!files.length) return nothing;
    return html`<section aria-labelledby="files">
      <div class="top">
        <h3 id="files">${words.files}</h3>
        <span class="hint">${words.filesWaiting(this.status.files_waiting)}</span>
      </div>
      ${this.#overall()}
      <ul>
        ${files.map((file) => this.#row(file))}
      </ul>
      ${this.status.files_waiting > 0 ? this.#buttons() : nothing}
    </section>`;
  }

  #overall() {
    const { uploading, files_wait, files_waiting } = this.status;
    if (files_wait && files_waiting > 0) return html`<p class="reason">${reasons[files_wait][1]}</p>`;
    if (!uploading) return nothing;
    return html`<progress max="100" value=${uploading.percent} aria-label=${words.files}>
      ${words.filesSent(uploading.percent)}
    </progress>`;
  }

  #row(file: WaitingFile) {
    const isDocument = file.mime_type === 'application/pdf';
    const name = file.name ?? (isDocument ? words.document : words.photo);
    return html`<li class=${file.refused ? 'refused' : ''}>
      <ui-icon name=${file.refused ? 'circle-alert' : isDocument ? 'paperclip' : 'image'}></ui-icon>
      <div class="grow">
        <p class="name ellipsis">${name}</p>
        <p class="hint">${words.size(file.size)} · ${this.#stateOf(file)}</p>
        ${
          this.#moves(file)
            ? html`<progress max="100" value=${percentOf(file.sent, file.size)} aria-label=${name}></progress>`
            : nothing
        }
      </div>
      ${
        file.refused
          ? html`<button class="button" aria-label=${words.fileAgainLabel(name)} @click=${() => this.#again(file.path)}>
              ${words.fileAgain}
            </button>`
          : nothing
      }
    </li>`;
  }

  #moves = (file: WaitingFile): boolean => !file.refused && this.status.uploading !== undefined && file.sent > 0;

  #stateOf(file: WaitingFile): string {
    if (file.refused) return words.fileRefused;
    if (this.#moves(file)) return words.fileSending(percentOf(file.sent, file.size));
    const { files_wait, online } = this.status;
    if (files_wait) return reasons[files_wait][0];
    if (percentOf(file.sent, file.size) > 0) return words.fileContinues(percentOf(file.sent, file.size));
    return online ? words.fileTurn : words.fileSignal;
  }

  #buttons() {
    const { files_wait } = this.status;
    const held = files_wait === 'metered' || files_wait === 'low_battery';
    return html`<div class="buttons">
      ${
        files_wait === 'paused'
          ? html`<button class="button" @click=${() => this.#wish({ paused: false })}>${words.resume}</button>`
          : html`<button class="button quiet" @click=${() => this.#wish({ paused: true })}>${words.pauseAll}</button>`
      }
      ${
        held
          ? html`<button class="button" @click=${() => this.#wish({ anyway: true })}>
              <ui-icon name="send"></ui-icon>${words.anyway}
            </button>`
          : nothing
      }
    </div>`;
  }

  async #wish(change: Parameters<typeof wishUploads>[0]): Promise<void> {
    await wishUploads(change);
    currentWork()?.engine.beat('asked');
  }

  async #again(path: string): Promise<void> {
    await sendFileAgain(path);
    currentWork()?.engine.beat('asked');
  }

  static override styles = [base, controls, uploadStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'upload-list': UploadList;
  }
}
