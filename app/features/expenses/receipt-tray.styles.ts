import { css } from 'lit';

/** A row of thumbnails and two large buttons; at a desk also a place to drop files. */
export const receiptTrayStyles = css`
  :host {
    display: block;
  }
  section {
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
    border-radius: var(--radius-card);
  }
  .add {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--space-2);
  }
  .add.first {
    grid-template-columns: 1fr;
    padding: var(--space-4);
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius-card);
    background: var(--surface-sunken);
  }
  .over .add {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .hint {
    text-align: center;
  }
  .photos {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(96px, 1fr));
    gap: var(--space-2);
  }
  li {
    position: relative;
    aspect-ratio: 3 / 4;
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    background: var(--surface-sunken);
    overflow: hidden;
  }
  .open {
    display: block;
    width: 100%;
    height: 100%;
    padding: 0;
    border: 0;
    background: none;
    cursor: zoom-in;
  }
  .open:focus-visible {
    outline-offset: -3px;
  }
  .large {
    height: min(70vh, 640px);
  }
  li img,
  receipt-thumbnail {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .remove {
    position: absolute;
    top: 0;
    right: 0;
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
    --icon-size: 16px;
  }
  .remove ui-icon {
    padding: 6px;
    width: 28px;
    height: 28px;
    border-radius: 50%;
    background: var(--surface-raised);
    color: var(--text);
    box-shadow:
      var(--shadow-1),
      0 0 0 1px var(--line);
  }
  .preparing {
    display: grid;
    place-items: center;
    height: 100%;
    padding: var(--space-2);
    color: var(--text-quiet);
    text-align: center;
    animation: breathe 1.6s ease-in-out infinite;
  }
  .pages {
    position: absolute;
    inset: auto 4px 4px auto;
    padding: 2px 6px;
    border-radius: var(--radius-control);
    background: var(--surface-raised);
    color: var(--text);
    font-weight: 550;
  }
  .doubt {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    padding: var(--space-3);
    border-radius: var(--radius-card);
    background: var(--warn-soft);
    color: var(--warn);
  }
  .doubt p {
    flex: 1 1 calc(100% - 40px);
    color: var(--text);
    overflow-wrap: anywhere;
  }
  .doubt .button {
    flex: 1;
  }
  .doubt + .doubt {
    margin-top: var(--space-2);
  }
  .large + .button {
    margin-top: var(--space-3);
    min-height: var(--target);
  }
  .flag {
    position: absolute;
    inset: auto 0 0;
    padding: 4px 6px;
    background: var(--bad-soft);
    color: var(--bad);
    font-weight: 550;
  }
  .refused {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    padding: var(--space-3);
    border-radius: var(--radius-card);
    background: var(--bad-soft);
    color: var(--bad);
  }
  .refused .button {
    flex: none;
    align-self: flex-end;
    margin-inline-start: auto;
  }
  .refused + .refused {
    margin-top: var(--space-2);
  }
  .refused p {
    flex: 1 1 calc(100% - 40px);
    color: var(--text);
    overflow-wrap: anywhere;
  }
  .desk {
    display: none;
  }
  @keyframes breathe {
    50% {
      opacity: 0.5;
    }
  }
  @media (min-width: 1024px) {
    .add.first {
      padding: var(--space-6) var(--space-5);
    }
    .desk {
      display: inline;
    }
  }
`;
