import { css } from 'lit';

/** Lines of fixed height: the list knows where each stands without drawing it. */
export const approvalQueueStyles = css`
  :host {
    display: block;
  }
  li {
    box-sizing: border-box;
    overflow: hidden;
  }
  .heading {
    display: flex;
    flex-direction: column;
    justify-content: center;
    height: 68px;
    padding-inline: var(--space-4);
  }
  .heading h2 {
    font-size: var(--text-16);
  }
  .claim {
    display: flex;
    height: 76px;
  }
  .current {
    background: var(--accent-soft);
    box-shadow: inset 3px 0 0 var(--accent);
  }
  .box {
    display: grid;
    place-items: center;
    flex: none;
    width: 48px;
    cursor: pointer;
  }
  .box input {
    width: 20px;
    height: 20px;
    margin: 0;
    accent-color: var(--accent);
  }
  .open {
    flex: 1;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-content: center;
    align-items: center;
    gap: 4px var(--space-3);
    min-width: 0;
    padding: 0 var(--space-4) 0 0;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .open:focus-visible {
    outline-offset: -2px;
  }
  .title,
  .sum {
    font-weight: 550;
  }
  .sum {
    text-align: end;
  }
  .remark {
    justify-self: end;
    max-width: 170px;
  }
`;
