import { css } from 'lit';

/** What every element starts from: box model, headings, links, the focus ring and text for screen readers only. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    font-family: var(--font);
    color: var(--text);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1 {
    font-size: var(--text-24);
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.018em;
    text-wrap: balance;
  }
  h2 {
    font-size: var(--text-16);
    line-height: 1.5;
    font-weight: 600;
    letter-spacing: -0.006em;
  }
  h3 {
    font-size: var(--text-14);
    font-weight: 600;
  }
  @media (min-width: 1024px) {
    h1 {
      font-size: var(--text-32);
      line-height: 1.2;
    }
  }
  a {
    color: var(--accent-ink);
    text-decoration: none;
    border-radius: 2px;
  }
  a:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  small,
  .small {
    font-size: var(--text-14);
  }
  .tiny {
    font-size: var(--text-12);
  }
  .quiet {
    color: var(--text-quiet);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  img,
  svg {
    display: block;
    max-width: 100%;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 0.01ms !important;
    }
  }
`;
