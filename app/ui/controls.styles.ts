import { css } from 'lit';

const buttons = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-height: var(--control);
    min-width: var(--control);
    padding: 0 var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-button);
    background: var(--surface-raised);
    color: var(--text);
    box-shadow: var(--shadow-1);
    font-size: var(--text-16);
    font-weight: 550;
    line-height: 1.25;
    letter-spacing: -0.006em;
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
    user-select: none;
    -webkit-user-select: none;
    touch-action: manipulation;
    transition:
      background-color var(--motion-fast),
      border-color var(--motion-fast),
      color var(--motion-fast);
  }
  .button:hover {
    background: var(--surface-hover);
    text-decoration: none;
  }
  .button:active {
    background: var(--line);
  }
  .button.primary {
    background: var(--accent);
    border-color: transparent;
    color: var(--accent-text);
  }
  .button.primary:hover {
    background: var(--accent-hover);
  }
  .button.danger {
    color: var(--bad);
  }
  .button.danger:hover {
    background: var(--bad-soft);
    border-color: var(--bad-soft);
  }
  .button.primary.danger {
    background: var(--bad);
    color: var(--bad-text);
  }
  .button.primary.danger:hover {
    background: var(--bad-hover);
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
    box-shadow: none;
    color: var(--text-quiet);
  }
  .button.quiet:hover {
    background: var(--surface-hover);
    color: var(--text);
  }
  .button.quiet.danger {
    color: var(--bad);
  }
  .button.icon-only {
    padding: 0;
    width: var(--control);
  }
  .button.block {
    display: flex;
    width: 100%;
  }
  .button:disabled,
  .button[aria-disabled='true'] {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .button[aria-busy='true'] {
    cursor: progress;
  }
  .button ui-icon {
    flex: none;
  }
  @media (min-width: 1024px) and (pointer: fine) {
    .button {
      font-size: var(--text-14);
      padding: 0 var(--space-3);
    }
  }
`;

const fields = css`
  .field {
    display: flex;
    flex-direction: column;
    gap: 6px;
    min-width: 0;
  }
  .field > label,
  .label,
  legend {
    font-size: var(--text-14);
    font-weight: 550;
    line-height: 1.4;
    padding: 0;
  }
  .hint {
    font-size: var(--text-14);
    line-height: 1.4;
    color: var(--text-quiet);
  }
  .error {
    display: flex;
    gap: 6px;
    font-size: var(--text-14);
    line-height: 1.4;
    color: var(--bad);
  }
  .error:empty {
    display: none;
  }
  .input,
  .select,
  .textarea {
    width: 100%;
    min-height: var(--target);
    padding: 10px var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-control);
    background: var(--surface-raised);
    color: var(--text);
    font-size: var(--text-16);
    line-height: 1.375;
    transition:
      border-color var(--motion-fast),
      box-shadow var(--motion-fast);
  }
  .input::placeholder,
  .textarea::placeholder {
    color: var(--text-quiet);
    opacity: 1;
  }
  .input:hover:not(:disabled),
  .select:hover:not(:disabled),
  .textarea:hover:not(:disabled) {
    border-color: var(--text-quiet);
  }
  .input:focus-visible,
  .select:focus-visible,
  .textarea:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: -1px;
    border-color: var(--focus);
  }
  .input[aria-invalid='true'],
  .select[aria-invalid='true'],
  .textarea[aria-invalid='true'] {
    border-color: var(--bad);
  }
  .input:disabled,
  .select:disabled,
  .textarea:disabled {
    background: var(--surface-sunken);
    color: var(--text-quiet);
    cursor: not-allowed;
  }
  .input.amount {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .textarea {
    min-height: 88px;
    resize: vertical;
  }
  .select {
    appearance: none;
    -webkit-appearance: none;
    padding-inline-end: 36px;
    text-overflow: ellipsis;
    background-image:
      linear-gradient(45deg, transparent 50%, var(--text-quiet) 50%),
      linear-gradient(-45deg, transparent 50%, var(--text-quiet) 50%);
    background-size: 6px 6px;
    background-position:
      right 18px top 55%,
      right 12px top 55%;
    background-repeat: no-repeat;
    cursor: pointer;
  }
  .check {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: var(--target);
    cursor: pointer;
  }
  .check input {
    flex: none;
    width: 20px;
    height: 20px;
    margin: 0;
    accent-color: var(--accent);
    cursor: inherit;
  }
`;

const layout = css`
  .card {
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    background: var(--surface-raised);
  }
  .stack {
    display: flex;
    flex-direction: column;
    gap: var(--space-4);
    min-width: 0;
  }
  .stack.tight {
    gap: var(--space-2);
  }
  .stack.loose {
    gap: var(--space-5);
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-width: 0;
  }
  .row.wrap {
    flex-wrap: wrap;
  }
  .row.end {
    justify-content: flex-end;
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  .ellipsis {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 36px;
    padding: 0 var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-round);
    background: var(--surface-raised);
    color: var(--text);
    font-size: var(--text-14);
    font-weight: 500;
    white-space: nowrap;
    text-decoration: none;
    cursor: pointer;
  }
  button.chip,
  a.chip {
    min-height: var(--control);
  }
  .chip:hover {
    background: var(--surface-hover);
  }
  .chip[aria-pressed='true'],
  .chip[aria-current='true'],
  .chip[aria-current='page'] {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--accent-ink);
  }
  kbd {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-width: 22px;
    height: 22px;
    padding: 0 5px;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: var(--surface-sunken);
    color: var(--text-quiet);
    font-family: inherit;
    font-size: var(--text-12);
    font-weight: 500;
  }
`;

const lists = css`
  .table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--text-14);
  }
  .table th {
    padding: var(--space-2) var(--space-3);
    border-bottom: 1px solid var(--line);
    color: var(--text-quiet);
    font-size: var(--text-12);
    font-weight: 550;
    text-align: start;
    white-space: nowrap;
  }
  .table td {
    height: 44px;
    padding: var(--space-2) var(--space-3);
    border-bottom: 1px solid var(--line);
    vertical-align: middle;
  }
  .table .money,
  .table .end {
    text-align: end;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .table tbody tr:hover {
    background: var(--surface-hover);
  }
  .table tbody tr[aria-selected='true'] {
    background: var(--accent-soft);
  }
  .list {
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    background: var(--surface-raised);
    overflow: clip;
  }
  .list-row {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    width: 100%;
    min-height: 56px;
    padding: var(--space-2) var(--space-4);
    border: 0;
    background: none;
    color: var(--text);
    text-align: start;
    text-decoration: none;
  }
  a.list-row,
  button.list-row {
    cursor: pointer;
  }
  a.list-row:hover,
  button.list-row:hover {
    background: var(--surface-hover);
    text-decoration: none;
  }
  .list > * + * {
    border-top: 1px solid var(--line);
  }
  .list-row:focus-visible {
    outline-offset: -2px;
  }
`;

/** The native controls' clothes: buttons, fields, cards, rows, chips and tables as plain classes. */
export const controls = [buttons, fields, layout, lists];
