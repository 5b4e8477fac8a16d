import { css } from 'lit';

/** Two lines a claim on a phone; at a desk one line in columns, as wide as the list happens to be. */
export const expenseListStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .totals {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: var(--space-1) var(--space-4);
    margin-bottom: var(--space-3);
  }
  .month {
    content-visibility: auto;
    contain-intrinsic-size: auto 800px;
    margin-bottom: var(--space-5);
  }
  .month header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 var(--space-4);
    margin-bottom: var(--space-2);
  }
  .claim {
    display: grid;
    grid-template-columns: 40px minmax(0, 1fr) auto;
    grid-template-areas: 'disc what sum' 'disc what state';
    align-items: center;
    gap: 2px var(--space-3);
    min-height: 72px;
    padding: 10px var(--space-3);
    color: var(--text);
  }
  .claim:hover {
    background: var(--surface-hover);
    text-decoration: none;
  }
  .claim[aria-current='true'] {
    background: var(--accent-soft);
  }
  .claim:focus-visible {
    outline-offset: -2px;
  }
  .disc {
    grid-area: disc;
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: 50%;
    background: var(--surface-sunken);
    color: var(--text-quiet);
  }
  .what {
    grid-area: what;
    display: flex;
    flex-direction: column;
    min-width: 0;
  }
  .title {
    font-weight: 550;
  }
  .sum {
    grid-area: sum;
    display: inline-flex;
    align-items: center;
    justify-content: flex-end;
    gap: 6px;
    font-weight: 600;
  }
  .sum .quiet {
    font-weight: 400;
    font-size: var(--text-14);
  }
  .state {
    grid-area: state;
    justify-self: end;
  }
  .waiting {
    --icon-size: 16px;
    color: var(--waiting);
  }
  .date,
  .show {
    display: none;
  }
  .end,
  .more {
    padding: var(--space-3);
    text-align: center;
  }
  @container (min-width: 620px) {
    .claim {
      grid-template-columns: 32px 96px minmax(0, 1fr) 140px 112px;
      grid-template-areas: 'disc date what sum state';
      min-height: 56px;
      padding-block: 6px;
    }
    .disc {
      width: 32px;
      height: 32px;
      --icon-size: 16px;
    }
    .date {
      grid-area: date;
      display: block;
    }
    .day {
      display: none;
    }
    .state {
      justify-self: start;
    }
  }
  @container (min-width: 860px) {
    .claim {
      grid-template-columns: 32px 96px minmax(0, 1.4fr) minmax(0, 1fr) 150px 120px;
      grid-template-areas: 'disc date what show sum state';
    }
    .show {
      grid-area: show;
      display: block;
    }
  }
`;
