import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '@yunheng/ui/button';
import { Field } from '@yunheng/ui/field';
import { Input } from '@yunheng/ui/input';
import { Notice } from '@yunheng/ui/notice';
import { presentError } from '../../present-error.ts';
import { useTexts } from '../../text/texts.ts';

export type SignIn = (username: string, password: string) => Promise<void>;

export function LoginForm(props: { signIn: SignIn }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const [username, setUsername] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [tried, setTried] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<string>();

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (username() === '' || password() === '' || busy()) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await props.signIn(username(), password());
    } catch (error) {
      setFailure(presentError(error, texts).text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} novalidate>
      <h2 id="sign-in-title">{t('entry.signIn')}</h2>
      <Show when={failure()}>{(text) => <Notice tone="bad" alert title={text()} />}</Show>
      <Field
        label={t('entry.account')}
        error={tried() && username() === '' ? t('entry.needAccount') : undefined}
      >
        <Input
          name="username"
          autocomplete="username"
          autocapitalize="none"
          value={username()}
          onInput={(event) => setUsername(event.currentTarget.value.trim())}
        />
      </Field>
      <Field
        label={t('entry.secret')}
        hint={t('entry.lockHint')}
        error={tried() && password() === '' ? t('entry.needSecret') : undefined}
      >
        <Input
          name="password"
          type="password"
          autocomplete="current-password"
          value={password()}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </Field>
      <Button kind="primary" size="lg" type="submit" busy={busy()}>
        {busy() ? t('entry.signingIn') : t('entry.signIn')}
      </Button>
      <p class="hint">{t('entry.accountHelp')}</p>
    </form>
  );
}
