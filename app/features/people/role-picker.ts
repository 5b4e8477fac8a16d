import { css, html, type TemplateResult } from 'lit';
import type { Role } from '../../data/schema.gen.ts';
import { roles } from './rules.ts';
import { roleHint, roleName } from './words.ts';

/** Roles as check boxes with what each is for; those this person may not give stay visible and shut. */
export function rolePicker(
  chosen: readonly Role[],
  grantable: readonly Role[],
  onChange: (roles: Role[]) => void,
): TemplateResult {
  const toggle = (role: Role, on: boolean) =>
    onChange(roles.filter((each) => (each === role ? on : chosen.includes(each))));
  return html`<div class="roles">
    ${roles.map(
      (role) =>
        html`<label class="check role">
          <input
            type="checkbox"
            name="roles"
            .checked=${chosen.includes(role)}
            ?disabled=${!grantable.includes(role)}
            @change=${(event: Event) => toggle(role, (event.target as HTMLInputElement).checked)}
          />
          <span>${roleName(role)}<br /><span class="hint">${roleHint(role)}</span></span>
        </label>`,
    )}
  </div>`;
}

/** The clothes of the role picker and of the dialogs it stands in. */
export const dialogStyles = css`
  form {
    display: flex;
    flex-direction: column;
    gap: var(--space-4);
  }
  .roles {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(200px, 1fr));
    gap: 0 var(--space-4);
  }
  .role {
    align-items: flex-start;
    padding-block: var(--space-2);
    line-height: 1.3;
  }
  .role .hint {
    font-size: var(--text-12);
  }
  .buttons {
    display: flex;
    justify-content: flex-end;
    gap: var(--space-3);
  }
  @media (max-width: 767px) {
    .buttons {
      display: grid;
      grid-template-columns: 1fr 1fr;
    }
    .buttons .button {
      padding-inline: var(--space-2);
    }
  }
`;
