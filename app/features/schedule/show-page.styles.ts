import { css } from 'lit';

/** A list on a phone; at a desk the sheet with what belongs to it beside it. */
export const showPageStyles = css`
  :host {
    display: block;
  }
  .columns {
    display: grid;
    gap: var(--space-5);
  }
  .columns > * {
    min-width: 0;
  }
  .clocks {
    margin-bottom: var(--space-4);
    padding: var(--space-2) var(--space-3);
    border-radius: var(--radius-card);
    background: var(--warn-soft);
    color: var(--warn);
    font-size: var(--text-14);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
  }
  .tools .error {
    width: 100%;
  }
  .shift {
    display: flex;
    align-items: center;
    gap: var(--space-2);
  }
  .shift label {
    font-size: var(--text-14);
    white-space: nowrap;
  }
  .shift .input {
    width: 72px;
    min-height: var(--control);
    padding-block: 6px;
  }
  ui-menu .row {
    gap: var(--space-2);
  }
  .line {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    width: 100%;
    min-height: 60px;
    padding: var(--space-2) var(--space-3);
    border: 0;
    background: none;
    color: var(--text);
    text-align: start;
    cursor: pointer;
  }
  .line:hover {
    background: var(--surface-hover);
  }
  .line:focus-visible {
    outline-offset: -2px;
  }
  .line ui-icon {
    color: var(--text-quiet);
  }
  .line b {
    font-weight: 600;
  }
  .off b {
    text-decoration: line-through;
  }
  .time {
    flex: none;
    width: 84px;
    font-size: 1.125rem;
    font-weight: 650;
    line-height: 1.25;
  }
  .time small {
    display: block;
    color: var(--text-quiet);
    font-weight: 500;
  }
  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 2px var(--space-3);
  }
  dt {
    color: var(--text-quiet);
  }
  .contact {
    min-height: 52px;
  }
  @media (max-width: 767px) {
    .shift {
      width: 100%;
    }
  }
  @media (min-width: 1024px) {
    .columns:not(.sheet) {
      grid-template-columns: minmax(0, 1fr) 300px;
    }
    .sheet aside {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(260px, 1fr));
      align-items: start;
    }
  }
  @media (min-width: 1720px) {
    .sheet {
      grid-template-columns: minmax(0, 1fr) 300px;
    }
    .sheet aside {
      display: flex;
    }
  }
`;
