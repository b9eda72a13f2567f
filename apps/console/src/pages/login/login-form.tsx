import { createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { lockoutRules } from '@yunheng/domain/identity/password';
import { Button } from '@yunheng/ui/button';
import { Field } from '@yunheng/ui/field';
import { Input } from '@yunheng/ui/input';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { useTexts } from '../../text/texts.ts';

export type SignIn = (username: string, password: string) => Promise<void>;

export function LoginForm(props: { signIn: SignIn }): JSX.Element {
  const { t } = useTexts();
  const [username, setUsername] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [tried, setTried] = createSignal(false);
  const signIn = createAct(() => props.signIn(username(), password()));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (username() !== '' && password() !== '') signIn.run();
  };
  return (
    <form onSubmit={submit} novalidate>
      <h2 id="sign-in-title">{t('entry.signIn')}</h2>
      <ActError failed={signIn.failed()} />
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
        hint={t('entry.lockHint', {
          failures: lockoutRules.failures,
          minutes: lockoutRules.lockMs / 60_000,
        })}
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
      <Button kind="primary" size="lg" type="submit" busy={signIn.busy()}>
        {signIn.busy() ? t('entry.signingIn') : t('entry.signIn')}
      </Button>
      <p class="hint">{t('entry.accountHelp')}</p>
    </form>
  );
}
