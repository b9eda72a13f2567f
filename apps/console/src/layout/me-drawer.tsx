import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { useNavigate } from '@solidjs/router';
import { useQueryClient } from '@tanstack/solid-query';
import { Button, LinkButton } from '@yunheng/ui/button';
import { Drawer } from '@yunheng/ui/dialog';
import { Icon } from '@yunheng/ui/icon';
import { api } from '../api/client.ts';
import { sessionKey, useUser } from '../api/session.tsx';
import { paths } from '../path-builder.ts';
import { useTexts } from '../text/texts.ts';
import { switchLanguage } from './bar.tsx';
import { useEntries } from './nav.tsx';
import { Settings } from './settings.tsx';

export function MeDrawer(props: { open: boolean; onClose: () => void }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const user = useUser();
  const nav = useEntries();
  return (
    <Drawer
      open={props.open}
      title={user().displayName}
      closeLabel={t('shell.close')}
      onClose={() => props.onClose()}
    >
      <ul class="me-roles sub">
        <For each={user().roles}>
          {(grant) => (
            <li>
              {texts.word('roles', grant.role)}
              <Show when={grant.department}>
                {(department) => (
                  <>
                    {'　'}
                    {department().name}
                  </>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
      <nav class="me-links" aria-label={t('shell.groupMe')}>
        <For each={nav.entries()}>
          {(entry) => (
            <a href={nav.href(entry)} onClick={() => props.onClose()}>
              <Icon name={entry.icon} />
              {t(nav.label(entry))}
            </a>
          )}
        </For>
      </nav>
      <Settings />
      <p class="acts">
        <LinkButton href={paths.password()}>{t('shell.password')}</LinkButton>
        <Button onClick={() => switchLanguage(texts.locale === 'zh-CN' ? 'en' : 'zh-CN')}>
          {t('shell.language')}
        </Button>
        <SignOut />
      </p>
    </Drawer>
  );
}

function SignOut(): JSX.Element {
  const { t } = useTexts();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [busy, setBusy] = createSignal(false);
  const leave = async () => {
    setBusy(true);
    try {
      await api.auth.logout.mutate({});
    } finally {
      // Nothing of this person may stay on the screen or in memory for the next one.
      queries.setQueryData(sessionKey, { user: null });
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
      navigate(paths.login(), { replace: true });
    }
  };
  return (
    <Button busy={busy()} onClick={() => void leave()}>
      <Icon name="leave" />
      {t('shell.signOut')}
    </Button>
  );
}
