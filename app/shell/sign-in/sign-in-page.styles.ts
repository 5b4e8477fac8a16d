import { css } from 'lit';

/** The way in: a form on a phone, a form beside a dark stage at a desk. The stage is night in both themes. */
export const pageStyles = css`
  :host {
    display: grid;
    min-height: 100vh;
    min-height: 100dvh;
    background: var(--surface);
  }
  main {
    display: flex;
    flex-direction: column;
    padding: calc(var(--space-5) + var(--safe-top, 0px)) var(--space-4) calc(var(--space-6) + var(--safe-bottom, 0px));
  }
  .brand {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    width: 100%;
    max-width: 400px;
    margin: 0 auto;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .mark {
    width: 36px;
    height: 36px;
    flex: none;
  }
  .form {
    display: flex;
    flex-direction: column;
    width: 100%;
    max-width: 400px;
    margin: clamp(var(--space-5), 8vh, 72px) auto auto;
  }
  .note {
    display: flex;
    gap: var(--space-3);
    margin-bottom: var(--space-5);
    padding: var(--space-3);
    border-radius: var(--radius-card);
    background: var(--warn-soft);
    color: var(--warn);
    font-size: var(--text-14);
  }
  .note.quiet {
    background: var(--accent-soft);
    color: var(--text);
  }
  aside {
    display: none;
  }
  @media (min-width: 1024px) {
    :host {
      grid-template-columns: minmax(480px, 1fr) minmax(0, 1.1fr);
    }
    main {
      padding: var(--space-6);
    }
    .brand {
      max-width: none;
    }
    .form {
      margin-block: auto;
      padding-bottom: var(--space-7);
    }
    aside {
      position: sticky;
      top: 0;
      display: flex;
      align-items: flex-end;
      height: 100vh;
      overflow: hidden;
      color-scheme: dark;
      background: color-mix(in oklab, var(--surface-sunken) 90%, var(--accent));
      color: var(--text);
    }
    .stage {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      max-width: none;
    }
    .beam {
      fill: url(#beam);
      mix-blend-mode: screen;
    }
    .near {
      stop-color: var(--accent);
      stop-opacity: 0.42;
    }
    .far {
      stop-color: var(--accent);
      stop-opacity: 0;
    }
    .truss,
    .lamp {
      fill: var(--line);
    }
    .pitch {
      position: relative;
      display: flex;
      flex-direction: column;
      gap: var(--space-6);
      width: 100%;
      max-width: 560px;
      padding: var(--space-7);
    }
    .tagline {
      font-size: 2.25rem;
      font-weight: 650;
      line-height: 1.15;
      letter-spacing: -0.025em;
      text-wrap: balance;
    }
    .pitch ul {
      display: flex;
      flex-direction: column;
      gap: var(--space-3);
      color: var(--text-quiet);
    }
    .pitch li {
      display: flex;
      gap: var(--space-3);
      line-height: 1.45;
    }
    .pitch ui-icon {
      margin-top: 2px;
      color: var(--accent);
    }
  }
`;
