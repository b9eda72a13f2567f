import { Index, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { departmentRoles, roles } from '@yunheng/domain/identity/roles';
import type { Role } from '@yunheng/domain/identity/roles';
import { Button } from '@yunheng/ui/button';
import { Icon } from '@yunheng/ui/icon';
import { Select } from '@yunheng/ui/select';
import { useTexts } from '../../text/texts.ts';

export type Grant = { role: Role; departmentId: string };
export type DepartmentChoice = { id: string; name: string };

export function needsDepartment(role: Role): boolean {
  return departmentRoles.some((departmentRole) => departmentRole === role);
}

/** As the API takes them: province roles have no department. */
export function toGrants(grants: readonly Grant[]): { role: Role; departmentId: string | null }[] {
  return grants.map((grant) => ({
    role: grant.role,
    departmentId: needsDepartment(grant.role) ? grant.departmentId : null,
  }));
}

export function isComplete(grants: readonly Grant[]): boolean {
  return grants.every((grant) => !needsDepartment(grant.role) || grant.departmentId !== '');
}

export type RoleEditorProps = {
  grants: readonly Grant[];
  departments: readonly DepartmentChoice[];
  onChange: (grants: Grant[]) => void;
  error?: string | undefined;
};

export function RoleEditor(props: RoleEditorProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const change = (index: number, grant: Grant) =>
    props.onChange(props.grants.map((old, at) => (at === index ? grant : old)));
  return (
    <fieldset class="field">
      <legend class="label">{t('admin.userRoles')}</legend>
      <Index each={props.grants}>
        {(grant, index) => (
          <div class="role-row">
            <Select
              aria-label={t('admin.usersRole')}
              value={grant().role}
              options={roles.map((role) => ({ value: role, label: texts.word('roles', role) }))}
              onChange={(value) =>
                change(index, {
                  ...grant(),
                  role: roles.find((role) => role === value) ?? grant().role,
                })
              }
            />
            <Show when={needsDepartment(grant().role)}>
              <Select
                aria-label={t('admin.userDepartment')}
                placeholder={t('admin.userChooseDepartment')}
                value={grant().departmentId}
                options={props.departments.map((department) => ({
                  value: department.id,
                  label: department.name,
                }))}
                onChange={(departmentId) => change(index, { ...grant(), departmentId })}
              />
            </Show>
            <Button
              kind="quiet"
              aria-label={t('admin.userRemoveRole', { role: texts.word('roles', grant().role) })}
              onClick={() => props.onChange(props.grants.filter((_, at) => at !== index))}
            >
              <Icon name="close" />
            </Button>
          </div>
        )}
      </Index>
      <p class="acts">
        <Button
          onClick={() => props.onChange([...props.grants, { role: 'applicant', departmentId: '' }])}
        >
          <Icon name="plus" />
          {t('admin.userAddRole')}
        </Button>
      </p>
      <Show when={props.error}>{(text) => <span class="err">{text()}</span>}</Show>
    </fieldset>
  );
}
