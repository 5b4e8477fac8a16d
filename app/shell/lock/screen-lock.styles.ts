import { css } from 'lit';

/** The form that opens the lock. */
export const unlockStyles = css`
  :host {
    display: block;
    width: 100%;
  }
  form {
    display: flex;
    flex-direction: column;
    gap: var(--space-4);
    text-align: center;
  }
  .input {
    min-height: 56px;
    text-align: center;
  }
  .digits {
    font-size: var(--text-24);
    font-weight: 600;
    letter-spacing: 0.4em;
    padding-inline-start: calc(var(--space-3) + 0.4em);
  }
  .digits::placeholder {
    letter-spacing: 0;
    font-weight: 400;
    font-size: var(--text-16);
  }
  .error {
    justify-content: center;
  }
  .button {
    min-height: 48px;
    font-size: var(--text-16);
  }
  .note {
    display: flex;
    gap: var(--space-3);
    padding: var(--space-3);
    border-radius: var(--radius-card);
    background: var(--warn-soft);
    color: var(--warn);
    font-size: var(--text-14);
    text-align: start;
  }
  .others {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0 var(--space-2);
    margin-top: var(--space-3);
  }
  .others .button {
    font-size: var(--text-14);
    color: var(--accent-ink);
  }
`;

/** The cover over everything, and the warning before it. */
export const lockStyles = css`
  :host {
    display: contents;
  }
  .covered {
    visibility: hidden;
  }
  dialog.lock {
    position: fixed;
    inset: 0;
    width: 100%;
    height: 100%;
    max-width: none;
    max-height: none;
    margin: 0;
    padding: calc(var(--space-5) + var(--safe-top)) var(--space-4) calc(var(--space-5) + var(--safe-bottom));
    border: 0;
    background: var(--surface-sunken);
    color: var(--text);
    overflow: auto;
  }
  dialog.lock[open] {
    display: grid;
    place-items: center;
  }
  dialog.lock::backdrop {
    background: var(--surface-sunken);
  }
  .panel {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--space-4);
    width: min(340px, 100%);
  }
  .disc {
    --icon-size: 28px;
    display: grid;
    place-items: center;
    width: 64px;
    height: 64px;
    border-radius: 50%;
    background: var(--accent-soft);
    color: var(--accent-ink);
  }
  .head {
    display: flex;
    flex-direction: column;
    gap: var(--space-1);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .warning {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--space-3);
    margin-top: var(--space-4);
  }
  .out {
    margin-top: var(--space-4);
  }
`;
