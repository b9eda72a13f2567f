import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { useNavigate } from '@solidjs/router';
import { useQueryClient } from '@tanstack/solid-query';
import { passwordRules } from '@yunheng/domain/identity/password';
import { Button } from '@yunheng/ui/button';
import { Field } from '@yunheng/ui/field';
import { Input } from '@yunheng/ui/input';
import { Notice } from '@yunheng/ui/notice';
import { api } from '../../api/client.ts';
import { useUser } from '../../api/session.tsx';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { toasts } from '../../toasts.ts';

export default function PasswordPage(): JSX.Element {
  const { t } = useTexts();
  const user = useUser();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [current, setCurrent] = createSignal('');
  const [next, setNext] = createSignal('');
  const [again, setAgain] = createSignal('');
  const [tried, setTried] = createSignal(false);
  const mistakes = () => ({
    current: current() === '' ? t('entry.needSecret') : undefined,
    next: next() === '' ? t('entry.passwordNeedNext') : undefined,
    again: again() === next() ? undefined : t('entry.passwordMismatch'),
  });

  const change = createAct(async () => {
    await api.auth.changePassword.mutate({ current: current(), next: next() });
    toasts.show({ text: t('entry.passwordDone') });
    await queries.invalidateQueries({ queryKey: ['auth.me'] });
    navigate(paths.start(), { replace: true });
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.values(mistakes()).every((mistake) => mistake === undefined)) change.run();
  };
  return (
    <>
      <PageHead title={t('entry.passwordTitle')} sub={user().username} />
      <form class="narrow-form" onSubmit={submit} novalidate>
        <Show when={user().mustChangePassword}>
          <Notice tone="warn" title={t('entry.passwordForced')} />
        </Show>
        <ActError failed={change.failed()} />
        <input
          class="vh"
          type="text"
          autocomplete="username"
          value={user().username}
          readonly
          tabindex="-1"
          aria-hidden="true"
        />
        <Field label={t('entry.passwordCurrent')} error={tried() ? mistakes().current : undefined}>
          <Input
            type="password"
            autocomplete="current-password"
            onInput={(event) => setCurrent(event.currentTarget.value)}
          />
        </Field>
        <Field
          label={t('entry.passwordNext')}
          hint={t('entry.passwordRule', passwordRules)}
          error={tried() ? mistakes().next : undefined}
        >
          <Input
            type="password"
            autocomplete="new-password"
            onInput={(event) => setNext(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('entry.passwordAgain')} error={tried() ? mistakes().again : undefined}>
          <Input
            type="password"
            autocomplete="new-password"
            onInput={(event) => setAgain(event.currentTarget.value)}
          />
        </Field>
        <p class="acts">
          <Button kind="primary" type="submit" busy={change.busy()}>
            {t('entry.passwordAct')}
          </Button>
        </p>
      </form>
    </>
  );
}
