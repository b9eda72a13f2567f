import { createEffect, createSignal, untrack } from 'solid-js';
import type { JSX } from 'solid-js';
import { useLocation, useNavigate } from '@solidjs/router';
import { useQueryClient } from '@tanstack/solid-query';
import { BrandMark } from '@yunheng/ui/icon';
import { api, setCsrfToken } from '../../api/client.ts';
import { useSession } from '../../api/session.tsx';
import { switchLanguage } from '../../layout/bar.tsx';
import { paths } from '../../path-builder.ts';
import { readPreference, writePreference } from '../../preferences.ts';
import { useTexts } from '../../text/texts.ts';
import { BalanceDrawing } from './balance-drawing.tsx';
import { DemoIdentities } from './demo-identities.tsx';
import { LoginForm } from './login-form.tsx';
import './login.css';

/** Only an address of this site: `//elsewhere` and `https:` are not one. */
function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/u.test(next) ? next : paths.start();
}

export default function LoginPage(): JSX.Element {
  const { t } = useTexts();
  const session = useSession();
  const location = useLocation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const next = () => safeNext(new URLSearchParams(location.search).get('next'));

  createEffect(() => {
    document.title = t('shell.title', { page: t('entry.signIn') });
  });
  // Whoever is signed in has no business at the door, however that came about.
  createEffect(() => {
    if (session.user()) navigate(untrack(next), { replace: true });
  });

  const signIn = async (username: string, password: string) => {
    const answer = await api.auth.login.mutate({ username, password });
    setCsrfToken(answer.csrfToken);
    await queries.invalidateQueries();
  };
  return (
    <main class="login">
      <section class="say">
        <span class="brand">
          <BrandMark size={24} />
          {t('shell.product')}
        </span>
        <h1>
          <span>{t('entry.claimOne')}</span>
          <span>{t('entry.claimTwo')}</span>
          <span>{t('entry.claimThree')}</span>
        </h1>
        <p>{t('entry.about')}</p>
        <BalanceDrawing />
      </section>
      <section class="door" aria-labelledby="sign-in-title">
        <LoginForm signIn={signIn} />
        <DemoIdentities signIn={signIn} />
      </section>
      <Law />
    </main>
  );
}

function Law(): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const [large, setLarge] = createSignal(readPreference('font') === 'large');
  const toggleFont = () => {
    setLarge(!large());
    writePreference('font', large() ? 'large' : 'standard');
  };
  const other = () => (texts.locale === 'zh-CN' ? 'en' : 'zh-CN');
  return (
    <footer class="law">
      <span>{t('entry.law')}</span>
      <span class="acts">
        <button type="button" lang={other()} onClick={() => switchLanguage(other())}>
          {t('shell.language')}
        </button>
        <button type="button" aria-pressed={large()} onClick={toggleFont}>
          {large() ? t('entry.normalFont') : t('entry.largeFont')}
        </button>
      </span>
    </footer>
  );
}
