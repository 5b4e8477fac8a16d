import { css } from 'lit';

/** A claim from top to bottom; its actions stay within reach at the bottom edge. */
export const expenseDetailStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--space-4);
    min-width: 0;
  }
  .facts {
    display: flex;
    flex-direction: column;
    gap: var(--space-4);
    min-width: 0;
  }
  header {
    display: flex;
    align-items: flex-start;
    gap: var(--space-3);
    padding-inline-end: var(--detail-inset, 0px);
  }
  .title {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .sum {
    font-size: var(--text-32);
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.02em;
  }
  .sum .quiet {
    font-size: var(--text-20);
    font-weight: 400;
  }
  .state {
    display: flex;
    align-items: center;
    gap: 6px;
    padding-top: 2px;
  }
  .waiting {
    --icon-size: 16px;
  }
  .note {
    display: grid;
    grid-template-columns: 20px 1fr;
    gap: var(--space-2);
    padding: var(--space-3);
    border-radius: var(--radius-card);
    font-size: var(--text-14);
    overflow-wrap: anywhere;
  }
  .note.bad {
    background: var(--bad-soft);
  }
  .note.bad ui-icon {
    color: var(--bad);
  }
  .note.warn {
    background: var(--warn-soft);
  }
  .note.warn ui-icon {
    color: var(--warn);
  }
  .note.waiting,
  .note.quiet {
    background: var(--waiting-soft);
    color: var(--text);
  }
  .note.waiting ui-icon,
  .note.quiet ui-icon {
    color: var(--waiting);
  }
  dl {
    display: grid;
    gap: var(--space-2);
  }
  dl div {
    display: grid;
    grid-template-columns: minmax(110px, 32%) 1fr;
    gap: var(--space-3);
  }
  dt {
    color: var(--text-quiet);
    font-size: var(--text-14);
    line-height: 1.7;
  }
  dd {
    overflow-wrap: anywhere;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    margin: 0 calc(-1 * var(--space-4));
    padding: var(--space-3) var(--space-4);
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  .bar.reach {
    position: sticky;
    z-index: 3;
    bottom: calc(var(--bar-height) + var(--safe-bottom));
  }
  .bar .button {
    flex: 1 1 auto;
  }
  @media (min-width: 768px) {
    .bar.reach {
      bottom: 0;
    }
  }
  @media (min-width: 1024px) {
    :host {
      --viewer-height: 360px;
      --detail-inset: 40px;
    }
    :host([layout='beside']) {
      --viewer-height: calc(100vh - 300px);
      --detail-inset: 0px;
      display: grid;
      grid-template-columns: minmax(0, 1.3fr) minmax(240px, 1fr);
      grid-template-rows: auto 1fr;
      gap: var(--space-4) var(--space-5);
    }
    :host([layout='beside']) receipt-viewer {
      grid-column: 1;
      grid-row: 1 / 3;
    }
    :host([layout='beside']) .facts {
      grid-column: 2;
    }
    .bar {
      background: var(--surface-raised);
    }
    .bar .button {
      flex: none;
    }
  }
`;
