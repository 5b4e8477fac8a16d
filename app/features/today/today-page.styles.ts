import { css } from 'lit';

/** Cards one under the other on a phone; at a desk two columns. */
export const todayPageStyles = css`
  :host {
    display: block;
  }
  .grid {
    display: grid;
    gap: var(--space-4);
  }
  .card {
    min-width: 0;
  }
  .big {
    font-size: var(--text-32);
    font-weight: 650;
    line-height: 1.2;
  }
  .foot {
    margin-top: auto;
    padding-top: var(--space-2);
  }
  .line {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: var(--target);
    margin-inline: calc(-1 * var(--space-2));
    padding: var(--space-1) var(--space-2);
    border-radius: 6px;
    color: var(--text);
  }
  .line ui-icon {
    color: var(--text-quiet);
  }
  .what {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: 0 var(--space-3);
  }
  .line ui-icon:last-child {
    --icon-size: 16px;
    color: var(--text-quiet);
  }
  .line:hover {
    background: var(--surface-hover);
    text-decoration: none;
  }
  .line b {
    font-weight: 600;
  }
  .rejected ui-icon:first-child {
    color: var(--bad);
  }
  .submitted ui-icon:first-child {
    color: var(--accent-ink);
  }
  .approved ui-icon:first-child {
    color: var(--good);
  }
  @media (min-width: 768px) {
    .grid {
      grid-template-columns: 1fr 1fr;
    }
    next-show,
    .wide {
      grid-column: 1 / -1;
    }
  }
`;
