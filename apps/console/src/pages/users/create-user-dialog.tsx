import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '@yunheng/ui/button';
import { Dialog } from '@yunheng/ui/dialog';
import { Field } from '@yunheng/ui/field';
import { Input } from '@yunheng/ui/input';
import { api } from '../../api/client.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { CopyText } from '../../parts/copy-text.tsx';
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
  const [tried, setTried] = createSignal(false);
  const [oneTime, setOneTime] = createSignal<string>();
  const mistakes = () => ({
    username: accountForm.test(username()) ? undefined : t('admin.needUsername'),
    displayName: displayName().trim() === '' ? t('admin.needName') : undefined,
    roles:
      grants().length === 0
        ? t('admin.needRole')
        : isComplete(grants())
          ? undefined
          : t('admin.needDepartment'),
  });
  const create = createAct(async () => {
    const answer = await api.users.create.mutate({
      username: username(),
      displayName: displayName().trim(),
      roles: toGrants(grants()),
    });
    setOneTime(answer.oneTimePassword);
    props.onCreated();
  });
  const submit = () => {
    setTried(true);
    if (Object.values(mistakes()).every((mistake) => mistake === undefined)) create.run();
  };
  const close = () => {
    setOneTime(undefined);
    setUsername('');
    setDisplayName('');
    setGrants([firstGrant]);
    setTried(false);
    create.forget();
    props.onClose();
  };
  return (
    <Dialog
      open={props.open}
      title={oneTime() === undefined ? t('admin.usersNew') : t('admin.userMade')}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>
            {oneTime() === undefined ? t('shell.cancel') : t('shell.close')}
          </Button>
          <Show when={oneTime() === undefined}>
            <Button kind="primary" busy={create.busy()} onClick={submit}>
              {t('admin.userCreate')}
            </Button>
          </Show>
        </>
      }
    >
      <Show
        when={oneTime()}
        fallback={
          <div class="dialog-form">
            <ActError failed={create.failed()} />
            <Field
              label={t('admin.userAccount')}
              hint={t('admin.userAccountHint')}
              error={tried() ? mistakes().username : undefined}
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
              error={tried() ? mistakes().displayName : undefined}
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
              error={tried() ? mistakes().roles : undefined}
            />
          </div>
        }
      >
        {(password) => (
          <>
            <p>{t('admin.userOneTime')}</p>
            <CopyText text={password()} label={t('entry.secret')} />
          </>
        )}
      </Show>
    </Dialog>
  );
}
