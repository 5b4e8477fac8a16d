import { css } from 'lit';

/** The queue on the left, the claim with its photo on the right; on a phone one after the other. */
export const approvalsPageStyles = css`
  :host {
    display: block;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
    margin-bottom: var(--space-2);
  }
  .filters .input {
    flex: 1 1 180px;
    width: auto;
    min-width: 0;
  }
  .nothing {
    padding: var(--space-5) var(--space-4);
  }
  .bulk {
    position: sticky;
    z-index: 3;
    top: 52px;
    display: flex;
    flex-wrap: wrap;
    background: var(--surface);
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3);
    min-height: 52px;
    padding-inline: var(--space-4);
  }
  .chosen .check {
    flex: 1 1 100%;
  }
  .chosen .button {
    flex: 1;
  }
  .chosen {
    padding-bottom: var(--space-3);
  }
  .decide {
    position: sticky;
    z-index: 4;
    bottom: calc(var(--bar-height) + var(--safe-bottom));
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--space-2);
    margin: var(--space-4) calc(-1 * var(--space-4)) 0;
    padding: var(--space-3) var(--space-4);
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  .decide p {
    flex: 1 1 100%;
  }
  .decide .button {
    flex: 1;
    min-width: 132px;
  }
  .button kbd {
    margin-inline-start: 2px;
    border-color: currentColor;
    background: none;
    color: inherit;
    opacity: 0.75;
  }
  .keys {
    display: none;
  }
  @media (max-width: 767px) {
    .levels span {
      display: none;
    }
    .levels {
      padding: 0;
      width: var(--control);
    }
  }
  @media (min-width: 768px) {
    .decide {
      bottom: 0;
    }
    .bulk {
      top: 0;
    }
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
      grid-template-columns: minmax(340px, 420px) minmax(0, 1fr);
      gap: var(--space-5);
      align-items: start;
    }
    .claim {
      position: sticky;
      top: var(--space-4);
      padding: var(--space-5) var(--space-5) 0;
      border: 1px solid var(--line);
      border-radius: var(--radius-card);
      background: var(--surface-raised);
    }
    .decide {
      margin-inline: calc(-1 * var(--space-5));
      padding-inline: var(--space-5);
      border-radius: 0 0 var(--radius-card) var(--radius-card);
      background: var(--surface-raised);
    }
    .decide p {
      flex: 1;
      align-self: center;
    }
    .decide .button {
      flex: none;
    }
  }
`;
