import { css } from 'lit';

/** The photo with its corners, the preview and the tools: below one another under a thumb, side by side at a desk. */
export const cornerEditorStyles = css`
  dialog {
    position: fixed;
    z-index: 100; /* the top layer needs none, what checks for covered targets does */
    inset: 0;
    width: 100vw;
    height: 100vh;
    height: 100dvh;
    max-width: none;
    max-height: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: var(--surface);
    color: var(--text);
  }
  dialog[open] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto minmax(0, 1fr) auto;
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3);
    padding: calc(var(--space-2) + var(--safe-top)) var(--space-3) var(--space-2);
    border-bottom: 1px solid var(--line);
  }
  .top .button {
    min-width: var(--target);
    min-height: var(--target);
  }
  .waiting {
    place-self: center;
    padding: var(--space-5);
    color: var(--text-quiet);
    text-align: center;
  }
  .stage {
    position: relative;
    min-height: 0;
    background: var(--surface-sunken);
    overflow: hidden;
    touch-action: none;
  }
  .photo,
  svg {
    position: absolute;
    inset: var(--space-5);
    width: calc(100% - 2 * var(--space-5));
    height: calc(100% - 2 * var(--space-5));
    object-fit: contain;
    overflow: visible;
    pointer-events: none;
  }
  polygon {
    fill: color-mix(in srgb, var(--accent) 12%, transparent);
    stroke: var(--accent);
    stroke-width: 2px;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  polygon.bad {
    fill: color-mix(in srgb, var(--bad) 18%, transparent);
    stroke: var(--bad);
  }
  .handle {
    position: absolute;
    top: 0;
    left: 0;
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    cursor: grab;
    touch-action: none;
  }
  .handle:active {
    cursor: grabbing;
  }
  .handle::before {
    content: '';
    width: 22px;
    height: 22px;
    border: 3px solid var(--accent);
    border-radius: 50%;
    background: color-mix(in srgb, var(--surface) 70%, transparent);
  }
  .lens {
    position: absolute;
    top: var(--space-3);
    width: 120px;
    height: 120px;
    border: 2px solid var(--accent);
    border-radius: 50%;
    background: var(--surface-sunken);
    color: var(--accent);
    box-shadow: var(--shadow-2);
    pointer-events: none;
  }
  .lens.left {
    left: var(--space-3);
  }
  .lens.right {
    right: var(--space-3);
  }
  .lens.away {
    visibility: hidden;
  }
  .side {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr);
    gap: var(--space-3);
    padding: var(--space-3) var(--space-3) calc(var(--space-3) + var(--safe-bottom));
    border-top: 1px solid var(--line);
  }
  ui-segmented {
    grid-row: 1;
    grid-column: 1 / -1;
  }
  .preview {
    justify-self: center;
    max-width: 100%;
    max-height: 132px;
    border: 1px solid var(--line);
    border-radius: var(--radius-control);
    background: var(--surface-sunken);
    object-fit: contain;
  }
  .tools {
    display: flex;
    flex-direction: column;
    gap: var(--space-2);
    min-width: 0;
  }
  .tools .row {
    gap: var(--space-2);
  }
  .tools .button {
    min-height: var(--target);
    padding-inline: var(--space-3);
    font-size: var(--text-14);
  }
  @media (max-width: 767px) {
    .tools .hint {
      display: none;
    }
  }
  @media (min-width: 768px) {
    dialog[open] {
      grid-template-columns: minmax(0, 1fr) 408px;
      grid-template-rows: auto minmax(0, 1fr);
    }
    .top {
      grid-column: 1 / -1;
    }
    .waiting {
      grid-column: 1 / -1;
    }
    .side {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: minmax(0, 1fr) auto auto;
      padding: var(--space-4);
      border-top: 0;
      border-inline-start: 1px solid var(--line);
    }
    ui-segmented {
      grid-row: 2;
    }
    .preview {
      align-self: center;
      max-height: 100%;
    }
  }
`;
