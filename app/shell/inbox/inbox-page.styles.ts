import { css } from 'lit';

/** The list of what needs the person, and at a desk the chosen thing beside it. */
export const inboxPageStyles = css`
  :host {
    display: block;
  }
  ui-empty:focus-visible {
    outline: none;
  }
  .keys {
    display: none;
  }
  @media (min-width: 1024px) {
    .keys {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2) var(--space-3);
      padding: var(--space-3) 0;
    }
    .split {
      display: grid;
      grid-template-columns: minmax(300px, 352px) minmax(0, 820px);
      gap: var(--space-5);
      align-items: start;
    }
    .beside {
      padding: var(--space-5);
      border: 1px solid var(--line);
      border-radius: var(--radius-card);
      background: var(--surface-raised);
    }
  }
`;
