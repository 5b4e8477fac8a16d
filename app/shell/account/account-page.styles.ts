import { css } from 'lit';

/** The account page: one column of cards. */
export const accountStyles = css`
  .sections {
    display: grid;
    gap: var(--space-4);
  }
  section.card {
    display: grid;
    gap: var(--space-3);
  }
  .me {
    display: flex;
    align-items: center;
    gap: var(--space-4);
  }
  li {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: 64px;
    padding-block: var(--space-2);
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  li > ui-icon {
    color: var(--text-quiet);
  }
  .name {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .button.add {
    justify-self: start;
    margin-inline-start: calc(-1 * var(--space-3));
    color: var(--accent-ink);
  }
  .invited {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--text);
    text-decoration: none;
  }
  .leave {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3);
    padding-top: var(--space-3);
  }
  @media (max-width: 767px) {
    .leave {
      display: grid;
    }
    .leave .button {
      width: 100%;
    }
  }
  @media (min-width: 768px) {
    section.card {
      padding: var(--space-5);
    }
  }
`;
