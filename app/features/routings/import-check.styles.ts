import { css } from 'lit';

/** The clothes of the rows to check. */
export const checkStyles = css`
  :host {
    display: block;
  }
  .line {
    display: flex;
    align-items: flex-start;
    gap: var(--space-3);
    padding: var(--space-3) var(--space-4);
    content-visibility: auto;
    contain-intrinsic-size: auto 68px;
  }
  .facts {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 2px;
    min-width: 0;
  }
  .what {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--space-3);
  }
  .side {
    display: flex;
    flex: none;
    flex-direction: column;
    align-items: flex-end;
    gap: var(--space-1);
  }
  .grave,
  .mild {
    --icon-size: 16px;
    display: flex;
    align-items: flex-start;
    gap: 6px;
  }
  .grave ui-icon,
  .mild ui-icon {
    flex: none;
    margin-top: 2px;
  }
  .grave {
    color: var(--bad);
  }
  .mild {
    color: var(--warn);
  }
  .none {
    padding: var(--space-5);
    text-align: center;
  }
  .bar {
    position: sticky;
    bottom: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--space-3);
    padding: var(--space-3) 0;
    margin-top: var(--space-4);
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  @media (max-width: 767px) {
    .line {
      flex-direction: column;
    }
    .side {
      flex-direction: row;
      align-items: center;
    }
    .bar .button {
      flex: 1 1 40%;
    }
    .bar .primary {
      flex-basis: 100%;
      order: -1;
    }
  }
`;
