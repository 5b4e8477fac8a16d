import { css } from 'lit';

/** The clothes of the import: its steps, and the place to drop a file. */
export const importStyles = css`
  :host {
    display: block;
  }
  .steps {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-4);
    margin-bottom: var(--space-5);
    color: var(--text-quiet);
    font-size: var(--text-14);
  }
  .steps li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .steps .number {
    --icon-size: 14px;
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    border-radius: 50%;
    background: var(--surface-sunken);
    font-size: var(--text-12);
    font-weight: 600;
  }
  .steps [aria-current='step'] {
    color: var(--text);
    font-weight: 600;
  }
  .steps [aria-current='step'] .number {
    background: var(--accent);
    color: var(--accent-text);
  }
  .steps .past .number {
    background: var(--good-soft);
    color: var(--good);
  }
  .problem {
    align-items: center;
    margin-bottom: var(--space-4);
  }
  .busy {
    padding: var(--space-6) 0;
    color: var(--text-quiet);
    text-align: center;
  }
  .drop {
    --icon-size: 28px;
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--space-3);
    padding: var(--space-7) var(--space-4);
    margin-bottom: var(--space-5);
    border: 2px dashed var(--line);
    border-radius: var(--radius-card);
    text-align: center;
  }
  .drop ui-file-button {
    --icon-size: 20px;
  }
  .drop > ui-icon {
    color: var(--text-quiet);
  }
  .drop.over {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .drop p {
    max-width: 44ch;
  }
  .done {
    margin-bottom: var(--space-5);
  }
  .done ui-icon[name='circle-check'] {
    --icon-size: 24px;
    color: var(--good);
  }
  import-list {
    margin-bottom: var(--space-4);
  }
  @media (max-width: 767px) {
    .wide-only {
      display: none;
    }
    .done .button {
      flex: 1;
    }
  }
`;
