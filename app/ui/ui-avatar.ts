import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';

const TINTS = 6;

/** First letters of the first and last word of a name, at most two. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0]!, words[words.length - 1]!] : words;
  return picked.map((word) => [...word][0]!.toLocaleUpperCase()).join('');
}

/** The same name always gets the same tint, on every device. */
function tintOf(name: string): number {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + char.codePointAt(0)!) % 9973;
  return sum % TINTS;
}

/** A person's or an organisation's initials; the name itself stands beside it, so it is silent for screen readers. */
@customElement('ui-avatar')
export class UiAvatar extends LitElement {
  @property() name = '';
  /** `square` for organisations, `round` for people. */
  @property({ reflect: true }) shape: 'round' | 'square' = 'round';
  @property({ reflect: true }) size: 'small' | 'normal' | 'large' = 'normal';

  override render() {
    return html`<span class="tint-${tintOf(this.name)}" data-initials=${initials(this.name)}></span>`;
  }

  static override styles = css`
    :host {
      display: inline-block;
      flex: none;
      width: 32px;
      height: 32px;
      font-size: var(--text-12);
    }
    :host([size='small']) {
      width: 24px;
      height: 24px;
      font-size: 0.625rem;
    }
    :host([size='large']) {
      width: 56px;
      height: 56px;
      font-size: var(--text-20);
    }
    span {
      display: grid;
      place-items: center;
      width: 100%;
      height: 100%;
      border-radius: 50%;
      font-weight: 650;
      letter-spacing: 0.01em;
      user-select: none;
    }
    span::before {
      content: attr(data-initials);
    }
    :host([shape='square']) span {
      border-radius: 25%;
    }
    .tint-0 {
      background: var(--accent-soft);
      color: var(--accent-ink);
    }
    .tint-1 {
      background: var(--good-soft);
      color: var(--good);
    }
    .tint-2 {
      background: var(--warn-soft);
      color: var(--warn);
    }
    .tint-3 {
      background: var(--tint-plum-soft);
      color: var(--tint-plum);
    }
    .tint-4 {
      background: var(--tint-teal-soft);
      color: var(--tint-teal);
    }
    .tint-5 {
      background: var(--waiting-soft);
      color: var(--waiting);
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-avatar': UiAvatar;
  }
}
