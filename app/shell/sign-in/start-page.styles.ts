import { css } from 'lit';

/** The page between signing in and working. */
export const startStyles = css`
  .page {
    display: grid;
    gap: var(--space-5);
    width: 100%;
    max-width: 600px;
    margin: 0 auto;
    padding: var(--space-5) var(--space-4) var(--space-7);
  }
  .alone {
    padding-top: calc(var(--space-5) + var(--safe-top));
  }
  .brand {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    font-weight: 650;
  }
  .mark {
    width: 36px;
    height: 36px;
  }
  header {
    display: grid;
    gap: var(--space-2);
  }
  header b {
    color: var(--text);
    overflow-wrap: anywhere;
  }
  section.card {
    display: grid;
    gap: var(--space-3);
    padding: var(--space-5);
  }
  .who {
    display: flex;
    align-items: center;
    gap: var(--space-4);
  }
  blockquote {
    margin: 0;
    padding: var(--space-3);
    border-radius: var(--radius-card);
    background: var(--surface-sunken);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .answers {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--space-3);
  }
  .answers .button {
    min-height: 48px;
  }
  .others {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
  }
`;
