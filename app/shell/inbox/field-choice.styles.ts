import { css } from 'lit';

/** Two sides to compare and a third way, as large radio buttons. */
export const fieldChoiceStyles = css`
  :host {
    display: block;
  }
  fieldset {
    min-width: 0;
  }
  legend {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--space-1) var(--space-2);
    margin-bottom: var(--space-2);
    font-size: var(--text-14);
    font-weight: 600;
  }
  .newer {
    display: flex;
    gap: 6px;
    margin-bottom: var(--space-2);
    color: var(--warn);
    font-size: var(--text-14);
    line-height: 1.4;
    --icon-size: 16px;
  }
  .newer ui-icon {
    margin-top: 2px;
  }
  .sides {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--space-2);
  }
  .side {
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr);
    align-content: start;
    gap: 2px var(--space-2);
    min-height: 64px;
    padding: 10px var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-card);
    background: var(--surface-raised);
    cursor: pointer;
  }
  .side:hover {
    background: var(--surface-hover);
  }
  .side:has(:checked) {
    border-color: var(--accent);
    background: var(--accent-soft);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  .side:has(:focus-visible) {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  input[type='radio'] {
    width: 18px;
    height: 18px;
    margin: 1px 0 0;
    accent-color: var(--accent);
    cursor: inherit;
    outline: none;
  }
  .whose {
    color: var(--text-quiet);
    font-size: var(--text-12);
    line-height: 20px;
  }
  .side:has(:checked) .whose {
    color: var(--text);
  }
  .when {
    white-space: nowrap;
  }
  .value {
    grid-column: 2;
    overflow-wrap: anywhere;
    font-weight: 550;
    font-variant-numeric: tabular-nums;
  }
  .value.none {
    color: var(--text-quiet);
    font-weight: 400;
    font-style: italic;
  }
  .other {
    grid-column: 1 / -1;
    align-content: center;
    align-items: center;
    min-height: var(--target);
    padding-block: var(--space-2);
  }
  .other .whose {
    font-size: var(--text-14);
    color: var(--text);
  }
  .other input[type='radio'] {
    margin: 0;
  }
  value-editor {
    margin-top: var(--space-2);
  }
  @media (min-width: 1024px) {
    .sides {
      grid-template-columns: repeat(2, minmax(0, 1fr)) auto;
    }
    .other {
      grid-column: auto;
    }
    .value {
      font-size: var(--text-14);
    }
  }
`;
