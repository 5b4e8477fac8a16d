import { css } from 'lit';

/** A sheet that grows from the bottom edge on a phone, a centred card from 768 px. */
export const dialogStyles = css`
  :host {
    display: contents;
  }
  dialog {
    position: fixed;
    inset: auto 0 0;
    width: 100%;
    max-width: none;
    max-height: min(92dvh, 92vh);
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: var(--radius-sheet) var(--radius-sheet) 0 0;
    background: var(--surface-raised);
    color: var(--text);
    box-shadow: var(--shadow-2);
    overflow: hidden;
  }
  dialog[open] {
    display: flex;
    animation: rise var(--motion-slow) var(--ease);
  }
  dialog::backdrop {
    background: var(--backdrop);
    animation: fade var(--motion-slow) linear;
  }
  .panel {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
    max-height: min(92dvh, 92vh);
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3);
    padding: var(--space-3) var(--space-3) var(--space-2) var(--space-4);
  }
  .head h2:focus {
    outline: none;
  }
  .head h2 {
    min-width: 0;
    font-size: 1.125rem;
    line-height: 1.35;
  }
  .body {
    flex: 1;
    min-height: 0;
    padding: 0 var(--space-4) var(--space-4);
    overflow: auto;
    overscroll-behavior: contain;
  }
  .foot {
    display: none;
    padding: var(--space-3) var(--space-4) calc(var(--space-3) + var(--safe-bottom));
    border-top: 1px solid var(--line);
  }
  .foot.filled {
    display: block;
  }
  .foot:not(.filled) {
    padding: 0;
  }
  .body:has(+ .foot:not(.filled)) {
    padding-bottom: calc(var(--space-5) + var(--safe-bottom));
  }
  ::slotted([slot='footer']) {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--space-2);
  }
  @media (max-width: 767px) {
    ::slotted(button[slot='footer']) {
      width: 100%;
    }
    ::slotted(button[slot='footer'] + button[slot='footer']) {
      margin-top: var(--space-2);
    }
  }
  @media (min-width: 768px) {
    dialog {
      inset: 0;
      width: min(480px, calc(100vw - 64px));
      height: fit-content;
      max-height: min(720px, calc(100vh - 64px));
      margin: auto;
      border: 1px solid var(--line);
      border-radius: 12px;
    }
    :host([size='large']) dialog {
      width: min(880px, calc(100vw - 64px));
    }
    dialog[open] {
      animation-name: appear;
    }
    .panel {
      max-height: min(720px, calc(100vh - 64px));
    }
    .head {
      padding: var(--space-4) var(--space-3) var(--space-3) var(--space-5);
    }
    .body {
      padding: 0 var(--space-5) var(--space-5);
    }
    .foot.filled {
      display: flex;
      justify-content: flex-end;
      padding: var(--space-3) var(--space-5);
    }
    ::slotted(button[slot='footer'] + button[slot='footer']) {
      margin-inline-start: var(--space-2);
    }
  }
  @keyframes rise {
    from {
      transform: translateY(32px);
      opacity: 0;
    }
  }
  @keyframes appear {
    from {
      transform: scale(0.98);
      opacity: 0;
    }
  }
  @keyframes fade {
    from {
      opacity: 0;
    }
  }
`;
