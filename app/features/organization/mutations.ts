import { defineMutation, insert, remove, update } from '../../data/define-mutation.ts';
import type { OrganizationRow, SettingRow } from '../../data/schema.gen.ts';
import type { OrganizationFields } from './forms.ts';

/** Changes facts of an organisation; only those that differ travel. */
export const saveOrganization = defineMutation(
  'organizations.save',
  ({ organization, changes }: { organization: OrganizationRow; changes: Partial<OrganizationFields> }) => ({
    organization_id: organization.id,
    operations: [update('organizations', organization.id, changes)],
  }),
);

/** The facts that differ from the row. */
export function changesOf(organization: OrganizationRow, fields: OrganizationFields): Partial<OrganizationFields> {
  const names = Object.keys(fields) as (keyof OrganizationFields)[];
  return Object.fromEntries(
    names.filter((name) => fields[name] !== organization[name]).map((name) => [name, fields[name]]),
  );
}

type NewSetting = Pick<SettingRow, 'organization_id' | 'category' | 'key' | 'value' | 'description'>;

/** Makes a choice for the first time. */
export const addSetting = defineMutation('settings.add', (setting: NewSetting) => ({
  organization_id: setting.organization_id,
  operations: [insert('settings', setting)],
}));

/** Changes a choice. */
export const saveSetting = defineMutation(
  'settings.save',
  ({ row, value, description }: { row: SettingRow } & Pick<SettingRow, 'value' | 'description'>) => ({
    organization_id: row.organization_id,
    operations: [update('settings', row.id, { value, description })],
  }),
);

/** Goes back to the default. */
export const removeSetting = defineMutation('settings.remove', (row: SettingRow) => ({
  organization_id: row.organization_id,
  operations: [remove('settings', row.id)],
}));
