import { css } from 'lit';

/** What the dialogs about approvals share. */
export const dialogStyles = css`
  .preview {
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius-control);
    background: var(--surface-sunken);
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .preview:empty {
    display: none;
  }
  .two {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--space-3);
  }
`;
