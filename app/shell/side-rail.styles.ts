import { css } from 'lit';

/** Icons between 768 and 1023 px (their words stay for screen readers), icons and words above. */
export const railStyles = css`
  nav {
    --icon-size: 20px;
    position: sticky;
    top: 0;
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
    height: 100vh;
    height: 100dvh;
    padding: var(--space-3) var(--space-2);
    overflow-y: auto;
    scrollbar-width: none;
    border-inline-end: 1px solid var(--line);
    background: var(--surface-sunken);
  }
  ul {
    display: grid;
    gap: 2px;
  }
  ul + ul {
    padding-top: var(--space-3);
    border-top: 1px solid var(--line);
  }
  .tools {
    display: grid;
    gap: var(--space-1);
  }
  .entry,
  .jump,
  .new {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    width: 100%;
    min-height: 44px;
    padding: 0 10px;
    border: 0;
    border-radius: var(--radius-button);
    background: none;
    color: var(--text-quiet);
    font-size: var(--text-14);
    font-weight: 550;
    cursor: pointer;
    transition: background-color var(--motion-fast);
  }
  .entry:hover,
  .jump:hover,
  .new:hover {
    background: var(--rail-hover);
    color: var(--text);
  }
  .entry[aria-current='page'] {
    background: var(--rail-active);
    color: var(--text);
  }
  .entry[aria-current='page'] ui-icon {
    color: var(--accent-ink);
  }
  kbd {
    display: none;
  }
  nav-count {
    position: absolute;
    top: 2px;
    right: 2px;
  }
  .foot {
    display: grid;
    gap: 2px;
    justify-items: center;
    margin-top: auto;
  }
  @media (max-width: 1023px) {
    .label {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }
  @media (min-width: 1024px) {
    nav {
      --icon-size: 18px;
      padding: var(--space-3);
    }
    .tools {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .entry,
    .jump {
      justify-content: flex-start;
      min-height: var(--control);
    }
    .label {
      flex: 1;
      min-width: 0;
      overflow: hidden;
      text-align: start;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .jump,
    .new {
      min-height: var(--control);
      border: 1px solid var(--line);
      background: var(--surface-raised);
      box-shadow: var(--shadow-1);
      font-weight: 450;
    }
    .new {
      width: var(--control);
      padding: 0;
    }
    kbd {
      display: block;
      color: var(--text-quiet);
      font: inherit;
      font-size: var(--text-12);
    }
    nav-count {
      position: static;
    }
    .foot {
      justify-items: stretch;
    }
  }
`;
