import { css } from 'lit';

/** The list of people and the person beside it. */
export const pageStyles = css`
  :host {
    display: block;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3);
    margin-bottom: var(--space-4);
  }
  .search {
    position: relative;
    flex: 1 1 240px;
    max-width: 420px;
  }
  .search ui-icon {
    position: absolute;
    top: 12px;
    inset-inline-start: 12px;
    color: var(--text-quiet);
  }
  .search .input {
    padding-inline-start: 42px;
  }
  .count {
    margin-bottom: var(--space-2);
  }
  .list-row {
    --icon-size: 16px;
    min-height: 64px;
  }
  .list-row[aria-current] {
    background: var(--accent-soft);
  }
  .list-row > ui-icon {
    color: var(--waiting);
  }
  .grow > span {
    display: block;
  }
  .name {
    font-weight: 550;
  }
  aside {
    position: relative;
    min-width: 0;
    padding: var(--space-5);
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    background: var(--surface-raised);
  }
  .close {
    position: absolute;
    z-index: 2;
    top: var(--space-2);
    inset-inline-end: var(--space-2);
  }
  @media (max-width: 767px) {
    .second span {
      display: none;
    }
    ui-segmented {
      flex: 1 1 100%;
    }
  }
  @media (min-width: 1024px) {
    .split {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(380px, 42%);
      gap: var(--space-5);
      align-items: start;
    }
    aside {
      position: sticky;
      top: var(--space-4);
    }
  }
`;
