import { css } from 'lit';

/** The lines to decide, and under them what comes of it. */
export const conflictFieldsStyles = css`
  :host {
    display: block;
  }
  .lines {
    display: grid;
    gap: var(--space-5);
  }
  .shortcuts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    margin-bottom: var(--space-4);
  }
  .result {
    margin-top: var(--space-5);
    padding: var(--space-4);
    border-radius: var(--radius-card);
    background: var(--surface-sunken);
  }
  .result h3 + p {
    margin-top: var(--space-1);
  }
  .result h3:not(:first-child) {
    margin-top: var(--space-3);
    color: var(--text-quiet);
    font-weight: 550;
  }
  dl div {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    gap: var(--space-3);
    padding-block: 6px;
    font-size: var(--text-14);
  }
  dl div + div {
    border-top: 1px solid var(--line);
  }
  dt {
    color: var(--text-quiet);
  }
  dd {
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .sent dd {
    font-weight: 550;
  }
  dd.open,
  .sent dd.open {
    color: var(--text-quiet);
    font-style: italic;
    font-weight: 400;
  }
  .send {
    position: sticky;
    z-index: 4;
    bottom: calc(var(--bar-height) + var(--safe-bottom));
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: var(--space-3);
    margin: var(--space-4) calc(-1 * var(--space-4)) 0;
    padding: var(--space-3) var(--space-4);
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  .send .button {
    flex: 1;
  }
  .button kbd {
    border-color: currentColor;
    background: none;
    color: inherit;
    opacity: 0.75;
  }
  @media (max-width: 1023px) {
    .shortcuts .button {
      flex: 1;
    }
    kbd {
      display: none;
    }
  }
  @media (min-width: 768px) {
    .send {
      bottom: 0;
    }
  }
  @media (min-width: 1024px) {
    .send {
      margin: var(--space-4) calc(-1 * var(--space-5)) calc(-1 * var(--space-5));
      padding-inline: var(--space-5);
      border-radius: 0 0 var(--radius-card) var(--radius-card);
      background: var(--surface-raised);
    }
    .send .button {
      flex: none;
      min-width: 132px;
    }
  }
`;
