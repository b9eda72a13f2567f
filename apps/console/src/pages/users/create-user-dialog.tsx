import { createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Field } from '@yunheng/ui/field';
import { Input } from '@yunheng/ui/input';
import { api } from '../../api/client.ts';
import { IssueDialog } from '../../parts/issue-dialog.tsx';
import { useTexts } from '../../text/texts.ts';
import { RoleEditor, isComplete, toGrants } from './role-editor.tsx';
import type { DepartmentChoice, Grant } from './role-editor.tsx';

const accountForm = /^[a-z][a-z0-9-]{2,31}$/u;
const firstGrant: Grant = { role: 'applicant', departmentId: '' };

export type CreateUserDialogProps = {
  open: boolean;
  departments: readonly DepartmentChoice[];
  onClose: () => void;
  onCreated: () => void;
};

export function CreateUserDialog(props: CreateUserDialogProps): JSX.Element {
  const { t } = useTexts();
  const [username, setUsername] = createSignal('');
  const [displayName, setDisplayName] = createSignal('');
  const [grants, setGrants] = createSignal<Grant[]>([firstGrant]);
  const rolesMistake = () => {
    if (grants().length === 0) return t('admin.needRole');
    return isComplete(grants()) ? undefined : t('admin.needDepartment');
  };
  const issue = async () => {
    const { oneTimePassword } = await api.users.create.mutate({
      username: username(),
      displayName: displayName().trim(),
      roles: toGrants(grants()),
    });
    props.onCreated();
    return oneTimePassword;
  };
  const close = () => {
    setUsername('');
    setDisplayName('');
    setGrants([firstGrant]);
    props.onClose();
  };
  return (
    <IssueDialog
      open={props.open}
      title={t('admin.usersNew')}
      act={t('admin.userCreate')}
      issued={{
        title: t('admin.userMade'),
        help: t('admin.userOneTime'),
        label: t('entry.secret'),
      }}
      mistakes={{
        username: accountForm.test(username()) ? undefined : t('admin.needUsername'),
        displayName: displayName().trim() === '' ? t('admin.needName') : undefined,
        roles: rolesMistake(),
      }}
      issue={issue}
      onClose={close}
    >
      {(mistakes) => (
        <>
          <Field
            label={t('admin.userAccount')}
            hint={t('admin.userAccountHint')}
            error={mistakes().username}
          >
            <Input
              class="mono"
              autocomplete="off"
              value={username()}
              maxlength={32}
              onInput={(event) => setUsername(event.currentTarget.value)}
            />
          </Field>
          <Field
            label={t('admin.userName')}
            hint={t('admin.userNameHint')}
            error={mistakes().displayName}
          >
            <Input
              autocomplete="off"
              value={displayName()}
              maxlength={64}
              onInput={(event) => setDisplayName(event.currentTarget.value)}
            />
          </Field>
          <RoleEditor
            grants={grants()}
            departments={props.departments}
            onChange={setGrants}
            error={mistakes().roles}
          />
        </>
      )}
    </IssueDialog>
  );
}
