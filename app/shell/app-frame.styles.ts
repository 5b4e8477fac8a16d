import { css } from 'lit';

/** The frame in its three postures: pocket (below 768), icon rail (to 1023), full rail. */
export const frameStyles = css`
  :host {
    display: block;
    min-height: 100vh;
    min-height: 100dvh;
  }
  main:focus {
    outline: none;
  }
  .skip {
    position: fixed;
    z-index: 60;
    inset: 8px auto auto 8px;
    min-height: 44px;
    padding: 0 var(--space-4);
    border: 0;
    border-radius: var(--radius-button);
    background: var(--accent);
    color: var(--accent-text);
    font-weight: 550;
    transform: translateY(-200%);
  }
  .skip:focus {
    transform: none;
  }
  header {
    position: sticky;
    z-index: 10;
    top: 0;
  }
  .top {
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
  side-rail {
    display: none;
  }
  @media (min-width: 768px) {
    :host {
      display: grid;
      grid-template-columns: 72px minmax(0, 1fr);
    }
    header {
      display: contents;
    }
    .top,
    bottom-bar {
      display: none;
    }
    side-rail {
      display: block;
    }
    main {
      padding-bottom: 0;
    }
  }
  @media (min-width: 1024px) {
    :host {
      grid-template-columns: 240px minmax(0, 1fr);
    }
  }
  @media print {
    :host {
      display: block;
    }
    header,
    side-rail,
    bottom-bar {
      display: none;
    }
  }
`;
