import { css } from 'lit';

/** As dense as a spreadsheet at a desk. */
export const dayGridStyles = css`
  :host {
    display: block;
  }
  .frame {
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    background: var(--surface-raised);
    overflow-x: auto;
  }
  table {
    width: 100%;
    min-width: 940px;
    border-collapse: collapse;
    table-layout: fixed;
    font-size: var(--text-14);
  }
  th {
    height: 36px;
    padding: 0 var(--space-2);
    border-bottom: 1px solid var(--line);
    color: var(--text-quiet);
    font-size: var(--text-12);
    font-weight: 550;
    text-align: start;
  }
  td {
    position: relative;
    height: 40px;
    padding: 0 var(--space-2);
    border-bottom: 1px solid var(--line);
    border-inline-start: 1px solid var(--line);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: cell;
  }
  td:first-child {
    border-inline-start: 0;
  }
  tr:last-child td {
    border-bottom: 0;
  }
  .start,
  .end {
    width: 104px;
    font-variant-numeric: tabular-nums;
  }
  .start {
    font-weight: 600;
  }
  .kind {
    width: 124px;
  }
  .place {
    width: 17%;
  }
  .who {
    width: 150px;
    cursor: pointer;
  }
  .notes {
    width: 18%;
    color: var(--text-quiet);
  }
  .mark {
    width: 40px;
    padding: 0;
    text-align: center;
    cursor: default;
  }
  .mark label {
    display: grid;
    place-items: center;
    height: 40px;
    cursor: pointer;
  }
  .mark input {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--accent);
  }
  td:focus {
    outline: 2px solid var(--focus);
    outline-offset: -2px;
  }
  tr.chosen td {
    background: var(--accent-soft);
  }
  tr.trouble td.start {
    box-shadow: inset 3px 0 var(--warn);
  }
  tr.off td:not(.mark) {
    color: var(--text-quiet);
    text-decoration: line-through;
  }
  tr.blank td {
    color: var(--text-quiet);
  }
  td[aria-invalid='true'] {
    background: var(--bad-soft);
    color: var(--bad);
  }
  td input.cell {
    position: absolute;
    inset: 0;
    width: 100%;
    padding: 0 var(--space-2);
    border: 0;
    background: var(--surface-raised);
    color: var(--text);
    box-shadow: inset 0 0 0 2px var(--focus);
  }
  td input.cell:focus-visible {
    outline: none;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: 6px;
    color: var(--text-quiet);
    --icon-size: 14px;
  }
  .state.open {
    color: var(--warn);
  }
  .state.all {
    color: var(--good);
  }
  .problems {
    margin-top: var(--space-3);
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius-card);
    background: var(--bad-soft);
  }
  .problems li {
    display: flex;
    align-items: center;
    gap: var(--space-3);
  }
`;
