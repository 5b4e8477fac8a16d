import { css } from 'lit';

/** The form of a claim: one column under a thumb; at a desk the photos stand beside the fields. */
export const editorStyles = css`
  :host {
    display: block;
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-5);
  }
  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-5);
    min-width: 0;
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--space-3);
  }
  .label-row {
    display: flex;
    justify-content: space-between;
    gap: var(--space-3);
    align-items: baseline;
  }
  .note {
    display: flex;
    gap: 6px;
    font-size: var(--text-14);
    line-height: 1.4;
    color: var(--warn);
    --icon-size: 16px;
  }
  .note ui-icon,
  .error ui-icon {
    margin-top: 2px;
    --icon-size: 16px;
  }
  .summary {
    padding: var(--space-3) var(--space-4);
    border: 1px solid var(--bad);
    border-radius: var(--radius-card);
    background: var(--bad-soft);
  }
  .summary h2 {
    color: var(--bad);
  }
  .summary button {
    min-height: var(--control);
    padding: 6px 0;
    border: 0;
    background: none;
    color: var(--text);
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 3px;
    cursor: pointer;
  }
  .kept {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 24px;
    color: var(--text-quiet);
    font-size: var(--text-14);
    --icon-size: 16px;
  }
  .kept.bad {
    color: var(--bad);
  }
  .bar {
    position: sticky;
    z-index: 5;
    bottom: calc(var(--bar-height) + var(--safe-bottom));
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
    margin: 0 calc(-1 * var(--space-4));
    padding: var(--space-3) var(--space-4);
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  .bar .kept {
    flex: 1 1 100%;
    justify-content: center;
  }
  .bar .button {
    flex: 1;
  }
  .bar .primary {
    flex: 2;
  }
  .kept .button {
    flex: none;
  }
  @media (min-width: 768px) {
    .bar {
      bottom: 0;
      margin: 0;
      padding: var(--space-3) 0;
    }
    .bar .kept {
      flex: 1;
      justify-content: flex-start;
    }
    .bar .button,
    .bar .primary {
      flex: none;
      min-width: 112px;
    }
    .bar .quiet {
      min-width: 0;
    }
  }
  @media (min-width: 1024px) {
    form {
      grid-template-columns: minmax(280px, 360px) minmax(0, 1fr);
      align-items: start;
      gap: var(--space-6);
    }
    .summary,
    .bar {
      grid-column: 1 / -1;
    }
    .photos {
      position: sticky;
      top: var(--space-5);
    }
  }
`;
