import { css } from 'lit';

/** A dark room around the picture, whatever the theme: nothing should shine into the photo. */
export const receiptCameraStyles = css`
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
    background: var(--camera);
    color: var(--camera-text);
    color-scheme: dark;
    --text: var(--camera-text);
    --text-quiet: var(--camera-text);
    --surface-raised: var(--camera-raised);
    --surface-hover: var(--camera-line);
    --line: var(--camera-line);
    --accent: var(--camera-accent);
    --accent-hover: var(--camera-text);
    --accent-text: var(--camera);
    --accent-soft: var(--camera-raised);
    --accent-ink: var(--camera-accent);
    --focus: var(--camera-accent);
    --good: var(--camera-good);
  }
  dialog[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
  }
  .top,
  .bottom {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3);
    padding: var(--space-2) var(--space-3);
  }
  .top {
    padding-top: calc(var(--space-2) + var(--safe-top));
  }
  .bottom {
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    min-height: 104px;
    padding-bottom: calc(var(--space-3) + var(--safe-bottom));
  }
  .bottom .button {
    justify-self: end;
    min-height: var(--target);
  }
  .top .button,
  .top .chip {
    min-width: var(--target);
    min-height: var(--target);
  }
  .stage {
    position: relative;
    min-height: 0;
    overflow: hidden;
  }
  video,
  svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
  video.flash {
    opacity: 0.35;
  }
  polygon {
    fill: color-mix(in srgb, var(--accent) 14%, transparent);
    stroke: var(--accent);
    stroke-width: 3px;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  polygon.good {
    fill: color-mix(in srgb, var(--good) 18%, transparent);
    stroke: var(--good);
  }
  .hint-line {
    position: absolute;
    inset: auto 0 var(--space-4);
    width: fit-content;
    max-width: calc(100% - 32px);
    margin-inline: auto;
    padding: var(--space-2) var(--space-4);
    border-radius: var(--radius-round);
    background: var(--toast);
    color: var(--toast-text);
    font-weight: 550;
    text-align: center;
  }
  .count {
    color: var(--text-quiet);
    font-size: var(--text-14);
  }
  .shutter {
    width: 72px;
    height: 72px;
    padding: 0;
    border: 4px solid var(--camera);
    border-radius: 50%;
    background: var(--text);
    box-shadow: 0 0 0 3px var(--text);
    cursor: pointer;
    touch-action: manipulation;
    transition: transform var(--motion-fast);
  }
  .shutter:focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 6px;
  }
  .shutter:active {
    transform: scale(0.92);
  }
  .shutter:disabled {
    opacity: 0.4;
    cursor: not-allowed;
  }
  .none {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--space-3);
    height: 100%;
    padding: var(--space-5);
    text-align: center;
  }
  .none > ui-icon {
    --icon-size: 36px;
    color: var(--text-quiet);
  }
  .none p {
    max-width: 44ch;
    color: var(--text-quiet);
    text-wrap: pretty;
  }
`;
