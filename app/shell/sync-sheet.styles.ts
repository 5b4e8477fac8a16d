import { css } from 'lit';

/** The sheet: one state, some facts. */
export const sheetStyles = css`
  .details {
    display: grid;
    gap: var(--space-3);
  }
  .state,
  li {
    display: flex;
    align-items: center;
    gap: var(--space-2);
  }
  .saved ui-icon {
    color: var(--good);
  }
  .saved_here ui-icon,
  .sending ui-icon {
    color: var(--waiting);
  }
  .needs_you,
  .needs_you ui-icon {
    color: var(--bad);
  }
  ul {
    display: grid;
    gap: var(--space-2);
    padding-top: var(--space-3);
    border-top: 1px solid var(--line);
    font-size: var(--text-14);
  }
  li ui-icon {
    color: var(--text-quiet);
  }
  .footer {
    display: flex;
    justify-content: flex-end;
    gap: var(--space-2);
  }
`;

/** The list of files on their way. */
export const uploadStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  section {
    display: grid;
    gap: var(--space-2);
    padding-top: var(--space-3);
    border-top: 1px solid var(--line);
  }
  .top {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--space-3);
  }
  .reason {
    padding: var(--space-2) var(--space-3);
    border-radius: var(--radius-card);
    background: var(--waiting-soft);
    font-size: var(--text-14);
  }
  li {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: 56px;
    padding-block: var(--space-2);
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  li > ui-icon {
    color: var(--text-quiet);
  }
  .refused > ui-icon,
  .refused .hint {
    color: var(--bad);
  }
  .name {
    font-size: var(--text-14);
    font-weight: 550;
  }
  progress {
    display: block;
    width: 100%;
    height: 6px;
    border: 0;
    border-radius: var(--radius-round);
    background: var(--waiting-soft);
    overflow: hidden;
    appearance: none;
    -webkit-appearance: none;
  }
  li progress {
    height: 4px;
    margin-top: 6px;
  }
  progress::-webkit-progress-bar {
    background: var(--waiting-soft);
  }
  progress::-webkit-progress-value {
    border-radius: var(--radius-round);
    background: var(--accent);
    transition: width var(--motion-slow);
  }
  progress::-moz-progress-bar {
    border-radius: var(--radius-round);
    background: var(--accent);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
  .buttons .quiet {
    margin-inline-start: calc(-1 * var(--space-3));
  }
  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }
    progress::-webkit-progress-value {
      background: Highlight;
    }
  }
`;
