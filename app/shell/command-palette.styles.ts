import { css } from 'lit';

/** One line to type on and a short list beneath, near the top of the window. */
export const paletteStyles = css`
  dialog {
    width: min(580px, calc(100vw - 32px));
    margin: min(14vh, 140px) auto auto;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface-raised);
    color: var(--text);
    box-shadow: var(--shadow-2);
    overflow: hidden;
  }
  dialog[open] {
    animation: appear var(--motion-fast) var(--ease);
  }
  dialog::backdrop {
    background: var(--backdrop);
  }
  .line {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    padding: 0 var(--space-4);
    border-bottom: 1px solid var(--line);
    color: var(--text-quiet);
  }
  input {
    flex: 1;
    min-width: 0;
    min-height: 54px;
    border: 0;
    background: none;
    color: var(--text);
  }
  /* The caret and the window around it show where the focus is. */
  input:focus-visible {
    outline: none;
  }
  input::placeholder {
    color: var(--text-quiet);
    opacity: 1;
  }
  kbd {
    padding: 2px 6px;
    border: 1px solid var(--line);
    border-radius: var(--radius-control);
    font: inherit;
    font-size: var(--text-12);
  }
  #choices {
    max-height: min(52vh, 420px);
    padding: var(--space-2);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .heading {
    padding: var(--space-2) var(--space-3) var(--space-1);
    color: var(--text-quiet);
    font-size: var(--text-12);
    font-weight: 550;
  }
  .choice {
    --icon-size: 18px;
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: max(40px, var(--control));
    padding: 0 var(--space-3);
    border-radius: var(--radius-button);
    font-size: var(--text-14);
    cursor: pointer;
  }
  .choice ui-icon {
    color: var(--text-quiet);
  }
  .choice[aria-selected='true'] {
    background: var(--surface-hover);
  }
  .choice[aria-selected='true'] ui-icon {
    color: var(--accent-ink);
  }
  .none {
    padding: var(--space-2) var(--space-5) var(--space-5);
  }
  @keyframes appear {
    from {
      transform: scale(0.98);
      opacity: 0;
    }
  }
`;
