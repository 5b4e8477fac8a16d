import { css } from 'lit';

/** Large enough to be read in the rain at arm's length. */
export const myDayStyles = css`
  :host {
    display: block;
  }
  .next {
    display: grid;
    gap: var(--space-2);
    border-color: var(--accent);
  }
  .next .label {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--accent-ink);
    font-size: var(--text-14);
    font-weight: 600;
    --icon-size: 18px;
  }
  .next .label span:last-child {
    margin-inline-start: auto;
  }
  .clock {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--space-3);
  }
  .clock b {
    font-size: 2.75rem;
    font-weight: 700;
    line-height: 1.1;
    letter-spacing: -0.02em;
  }
  .clock span {
    font-size: var(--text-20);
    font-weight: 600;
  }
  .what {
    font-size: var(--text-24);
    font-weight: 650;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  .acts {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: var(--space-2);
    margin-top: var(--space-1);
  }
  .acts .button {
    min-height: 48px;
  }
  .acts .primary,
  .acts > :only-child {
    grid-column: 1 / -1;
  }
  .clocks {
    padding: var(--space-2) var(--space-3);
    border-radius: var(--radius-card);
    background: var(--warn-soft);
    color: var(--warn);
    font-size: var(--text-14);
  }
  .list {
    margin: 0;
  }
  .line {
    display: grid;
    grid-template-columns: 92px minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 var(--space-2);
    width: 100%;
    min-height: 64px;
    padding: var(--space-2) var(--space-3);
    border: 0;
    background: none;
    color: var(--text);
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .line:hover {
    background: var(--surface-hover);
  }
  .line:focus-visible {
    outline-offset: -2px;
  }
  .time {
    font-size: var(--text-20);
    font-weight: 650;
    line-height: 1.2;
    white-space: nowrap;
  }
  .time small {
    display: block;
    color: var(--text-quiet);
    font-size: var(--text-14);
    font-weight: 500;
  }
  .title {
    font-size: 1.125rem;
    font-weight: 600;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .past .time,
  .past .title {
    color: var(--text-quiet);
    font-weight: 500;
  }
  .off .title {
    text-decoration: line-through;
  }
  .running {
    background: var(--accent-soft);
  }
  .line ui-icon {
    color: var(--text-quiet);
  }
  .side {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    gap: 4px;
  }
  .contact {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: 56px;
    padding: var(--space-1) var(--space-3);
  }
  .day {
    display: grid;
    align-items: start;
    gap: var(--space-5);
  }
  @media (min-width: 1024px) {
    .day {
      grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    }
  }
  h2 {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--space-3);
  }
  h2 a {
    display: inline-flex;
    align-items: center;
    min-height: var(--target);
    font-size: var(--text-14);
    font-weight: 500;
  }
`;
