import { css } from 'lit';

/** Sentences in lists, each with what can be done about it at its end. */
export const approvalSettingsStyles = css`
  li {
    display: flex;
    align-items: center;
    gap: var(--space-1);
    min-height: 56px;
    padding: var(--space-2) 0;
    border-top: 1px solid var(--line);
  }
  ul,
  .empty {
    margin-top: var(--space-4);
  }
  .sentence {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  @media (max-width: 767px) {
    header .grow {
      flex-basis: 100%;
    }
  }
  @media (min-width: 768px) {
    .card {
      padding: var(--space-5);
    }
  }
`;
