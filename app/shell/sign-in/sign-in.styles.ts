import { css } from 'lit';

/** What the steps of signing in share. */
export const stepStyles = css`
  :host {
    display: block;
  }
  form,
  .step {
    display: flex;
    flex-direction: column;
    gap: var(--space-4);
  }
  .head {
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
    margin-bottom: var(--space-2);
  }
  h1:focus {
    outline: none;
  }
  .head p {
    color: var(--text-quiet);
    overflow-wrap: anywhere;
  }
  .as {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: 52px;
    padding: var(--space-1) var(--space-1) var(--space-1) var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    background: var(--surface-sunken);
  }
  .as input {
    flex: 1;
    min-width: 0;
    min-height: var(--target);
    border: 0;
    background: none;
    text-overflow: ellipsis;
    font-weight: 550;
  }
  .link {
    display: inline-flex;
    align-items: center;
    min-height: var(--target);
    padding: 0 var(--space-1);
    border: 0;
    border-radius: var(--radius-control);
    background: none;
    color: var(--accent-ink);
    font-size: var(--text-14);
    font-weight: 550;
    cursor: pointer;
  }
  .link:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .beside {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-2);
  }
  /* As high as a thumb, without moving the label beside it. */
  .beside .link {
    margin-block: calc((28px - var(--target)) / 2);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 0 var(--space-1);
    color: var(--text-quiet);
    font-size: var(--text-14);
  }
  .button {
    min-height: 48px;
    font-size: var(--text-16);
  }
  .or {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    color: var(--text-quiet);
    font-size: var(--text-14);
  }
  .or::before,
  .or::after {
    content: '';
    flex: 1;
    height: 1px;
    background: var(--line);
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--space-3);
    align-items: start;
  }
  .alert {
    display: flex;
    gap: var(--space-3);
    padding: var(--space-3);
    border-radius: var(--radius-card);
    background: var(--bad-soft);
    color: var(--bad);
    font-size: var(--text-14);
    line-height: 1.45;
  }
  .alert .button {
    margin-top: var(--space-2);
    min-height: var(--target);
    font-size: var(--text-14);
  }
  .alert.weather {
    background: var(--warn-soft);
    color: var(--warn);
  }
  .code {
    min-height: 60px;
    text-align: center;
    font-size: var(--text-24);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.42em;
    padding-inline-start: calc(var(--space-3) + 0.42em);
  }
  .check {
    align-items: flex-start;
    padding-block: 10px;
  }
`;
