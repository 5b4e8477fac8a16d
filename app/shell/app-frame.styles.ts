import { css } from 'lit';

/** The frame in its three postures: pocket (below 768), icon rail (to 1023), full rail. */
export const frameStyles = css`
  :host {
    display: block;
    min-height: 100dvh;
  }
  main:focus {
    outline: none;
  }
  .skip {
    position: fixed;
    z-index: 60;
    inset: 8px auto auto 8px;
    padding: var(--space-2) var(--space-4);
    border-radius: var(--radius-button);
    background: var(--accent);
    color: var(--accent-text);
    transform: translateY(-200%);
  }
  .skip:focus {
    transform: none;
  }

  .rail {
    display: none;
  }
  .top {
    position: sticky;
    z-index: 10;
    top: 0;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-2);
    min-height: 52px;
    padding: calc(var(--safe-top) + 2px) var(--space-2) 2px;
    border-bottom: 1px solid var(--line);
    background: var(--surface);
  }
  main {
    padding-bottom: calc(var(--bar-height) + var(--safe-bottom) + var(--space-4));
  }
  .bar {
    position: fixed;
    z-index: 20;
    inset: auto 0 0;
    display: flex;
    align-items: stretch;
    justify-content: space-around;
    min-height: var(--bar-height);
    padding: 0 var(--space-1) var(--safe-bottom);
    border-top: 1px solid var(--line);
    background: var(--surface-raised);
  }
  .entry {
    position: relative;
    color: var(--text-quiet);
    text-decoration: none;
    border-radius: var(--radius-button);
  }
  .bar .entry {
    flex: 1 1 0;
    min-width: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 2px;
    font-size: 0.6875rem;
    font-weight: 550;
  }
  .bar .entry ui-icon {
    font-size: 22px;
  }
  .bar .label {
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .bar nav-count {
    position: absolute;
    top: 4px;
    left: calc(50% + 4px);
  }
  .entry[aria-current='page'] {
    color: var(--accent-ink);
  }
  .create {
    flex: none;
    align-self: center;
    display: grid;
    place-items: center;
    width: 52px;
    height: 52px;
    margin: 0 var(--space-1);
    border: 0;
    border-radius: 50%;
    background: var(--accent);
    color: var(--accent-text);
    font-size: 26px;
    box-shadow: var(--shadow-2);
    cursor: pointer;
    touch-action: manipulation;
  }
  .create:active {
    background: var(--accent-hover);
  }

  @media (min-width: 768px) {
    :host {
      display: grid;
      grid-template-columns: 72px minmax(0, 1fr);
    }
    .bar,
    .top {
      display: none;
    }
    main {
      grid-column: 2;
      padding-bottom: 0;
    }
    .rail {
      position: sticky;
      top: 0;
      display: flex;
      flex-direction: column;
      gap: var(--space-2);
      height: 100dvh;
      padding: var(--space-3) var(--space-2);
      overflow-y: auto;
      border-inline-end: 1px solid var(--line);
      background: var(--surface-sunken);
    }
    .rail ul {
      display: grid;
      gap: 2px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .rail .entry,
    .jump,
    .me {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 10px;
      min-height: var(--control);
      padding: 0 10px;
      border: 0;
      border-radius: var(--radius-button);
      background: none;
      color: var(--text-quiet);
      font: inherit;
      font-size: var(--text-14);
      font-weight: 550;
      text-decoration: none;
      cursor: pointer;
    }
    .rail .entry:hover,
    .jump:hover,
    .me:hover {
      background: var(--surface-hover);
      color: var(--text);
    }
    .rail .entry[aria-current='page'],
    .me[aria-current='page'] {
      background: var(--surface-raised);
      color: var(--text);
      box-shadow: var(--shadow-1);
    }
    .rail .entry[aria-current='page'] ui-icon {
      color: var(--accent-ink);
    }
    .rail ui-icon {
      font-size: 20px;
    }
    .rail .label,
    .jump span,
    .jump kbd,
    .me span {
      display: none;
    }
    .rail nav-count {
      position: absolute;
      transform: translate(12px, -10px);
    }
    .foot {
      display: grid;
      gap: 2px;
      margin-top: auto;
    }
    .foot sync-badge {
      justify-self: center;
      max-width: 100%;
      overflow: hidden;
    }
  }

  @media (min-width: 1024px) {
    :host {
      grid-template-columns: 248px minmax(0, 1fr);
    }
    .rail {
      padding: var(--space-3);
    }
    .rail .entry,
    .jump,
    .me {
      justify-content: flex-start;
    }
    .rail ui-icon {
      font-size: 18px;
    }
    .rail .label,
    .jump span,
    .me span {
      display: block;
      flex: 1;
      min-width: 0;
      text-align: start;
    }
    .jump {
      border: 1px solid var(--line);
      background: var(--surface-raised);
      font-weight: 450;
    }
    .jump kbd {
      display: block;
      color: var(--text-quiet);
      font: inherit;
      font-size: var(--text-12);
    }
    .rail nav-count {
      position: static;
      transform: none;
    }
    .foot sync-badge {
      justify-self: start;
    }
  }
`;
