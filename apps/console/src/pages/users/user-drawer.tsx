import { Show, createEffect, createSignal, on } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '@yunheng/ui/button';
import { Drawer } from '@yunheng/ui/dialog';
import { Notice } from '@yunheng/ui/notice';
import { api } from '../../api/client.ts';
import { useUser } from '../../api/session.tsx';
import type { UserRow } from '../../api/types.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { CopyText } from '../../parts/copy-text.tsx';
import { useTexts } from '../../text/texts.ts';
import { toasts } from '../../toasts.ts';
import { RoleEditor, isComplete, toGrants } from './role-editor.tsx';
import type { DepartmentChoice, Grant } from './role-editor.tsx';

export type UserDrawerProps = {
  user: UserRow | undefined;
  departments: readonly DepartmentChoice[];
  onClose: () => void;
  onChanged: () => void;
};

/** Roles, state and password of one user. Open in the address: Back closes it. */
export function UserDrawer(props: UserDrawerProps): JSX.Element {
  const { t } = useTexts();
  return (
    <Drawer
      open={props.user !== undefined}
      title={props.user?.displayName ?? ''}
      closeLabel={t('shell.close')}
      onClose={() => props.user !== undefined && props.onClose()}
    >
      <Show when={props.user}>
        {(user) => (
          <Editor
            user={user()}
            departments={props.departments}
            onChanged={() => props.onChanged()}
          />
        )}
      </Show>
    </Drawer>
  );
}

type EditorProps = {
  user: UserRow;
  departments: readonly DepartmentChoice[];
  onChanged: () => void;
};

const grantsOf = (user: UserRow): Grant[] =>
  user.roles.map((grant) => ({ role: grant.role, departmentId: grant.department?.id ?? '' }));

function Editor(props: EditorProps): JSX.Element {
  const { t } = useTexts();
  const me = useUser();
  const [grants, setGrants] = createSignal<Grant[]>(grantsOf(props.user));
  createEffect(
    on(
      () => `${props.user.id} ${props.user.version}`,
      () => setGrants(grantsOf(props.user)),
      { defer: true },
    ),
  );
  const isMe = () => me().id === props.user.id;
  const reason = () => (isMe() ? t('admin.userSelf') : undefined);
  const save = createAct(async () => {
    await api.users.setRoles.mutate({
      id: props.user.id,
      version: props.user.version,
      roles: toGrants(grants()),
    });
    toasts.show({ text: t('admin.userSaved', { username: props.user.username }) });
    props.onChanged();
  });
  return (
    <div class="dialog-form">
      <p class="mono sub">{props.user.username}</p>
      <Show when={isMe()}>
        <Notice title={t('admin.userSelf')} />
      </Show>
      <RoleEditor
        grants={grants()}
        departments={props.departments}
        onChange={setGrants}
        error={isComplete(grants()) ? undefined : t('admin.needDepartment')}
      />
      <ActError failed={save.failed()} />
      <p class="acts">
        <Button
          kind="primary"
          busy={save.busy()}
          reason={reason() ?? (isComplete(grants()) ? undefined : t('admin.needDepartment'))}
          quietReason
          onClick={() => save.run()}
        >
          {t('admin.userSave')}
        </Button>
      </p>
      <StateAndPassword user={props.user} reason={reason()} onChanged={() => props.onChanged()} />
    </div>
  );
}

function StateAndPassword(props: {
  user: UserRow;
  reason: string | undefined;
  onChanged: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const [oneTime, setOneTime] = createSignal<string>();
  const isActive = () => props.user.state === 'active';
  const setState = createAct(async () => {
    const state = isActive() ? 'disabled' : 'active';
    await api.users.setState.mutate({ id: props.user.id, version: props.user.version, state });
    toasts.show({
      text: t(state === 'disabled' ? 'admin.userDisabled' : 'admin.userEnabled', {
        username: props.user.username,
      }),
    });
    props.onChanged();
  });
  const reset = createAct(async () => {
    const answer = await api.users.resetPassword.mutate({ id: props.user.id });
    setOneTime(answer.oneTimePassword);
    props.onChanged();
  });
  return (
    <>
      <hr />
      <p class="sub">{t('admin.userResetHelp')}</p>
      <ActError failed={reset.failed()} />
      <Show
        when={oneTime()}
        fallback={<Reset reason={props.reason} busy={reset.busy()} onReset={() => reset.run()} />}
      >
        {(password) => (
          <>
            <p>{t('admin.userOneTime')}</p>
            <CopyText text={password()} label={t('entry.secret')} />
          </>
        )}
      </Show>
      <hr />
      <p class="sub">{t('admin.userDisableHelp')}</p>
      <ActError failed={setState.failed()} />
      <p class="acts">
        <Button
          kind={isActive() ? 'danger' : undefined}
          busy={setState.busy()}
          reason={props.reason}
          quietReason
          onClick={() => setState.run()}
        >
          {isActive() ? t('admin.userDisable') : t('admin.userEnable')}
        </Button>
      </p>
    </>
  );
}

function Reset(props: {
  reason: string | undefined;
  busy: boolean;
  onReset: () => void;
}): JSX.Element {
  const { t } = useTexts();
  return (
    <p class="acts">
      <Button busy={props.busy} reason={props.reason} quietReason onClick={() => props.onReset()}>
        {t('admin.userReset')}
      </Button>
    </p>
  );
}
