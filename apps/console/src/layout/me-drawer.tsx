import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { useNavigate } from '@solidjs/router';
import { useQueryClient } from '@tanstack/solid-query';
import { Button, LinkButton } from '@yunheng/ui/button';
import { Segment } from '@yunheng/ui/choice';
import { Drawer } from '@yunheng/ui/dialog';
import { Icon } from '@yunheng/ui/icon';
import { api } from '../api/client.ts';
import { useUser } from '../api/session.tsx';
import { paths } from '../path-builder.ts';
import { readPreference, writePreference } from '../preferences.ts';
import type { PreferenceName, Preference } from '../preferences.ts';
import { useTexts } from '../text/texts.ts';
import { switchLanguage } from './bar.tsx';
import { useEntries } from './nav.tsx';

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
      // Nothing of this person may stay on the screen of the next one.
      queries.clear();
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

function createPreference<N extends PreferenceName>(name: N, fallback: Preference<N>) {
  const [value, setValue] = createSignal<Preference<N>>(readPreference(name) ?? fallback);
  return {
    value,
    choose: (next: Preference<N>) => {
      setValue(() => next);
      writePreference(name, next);
    },
  };
}

function Settings(): JSX.Element {
  const { t } = useTexts();
  const theme = createPreference(
    'theme',
    document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light',
  );
  const density = createPreference('density', 'standard');
  const font = createPreference('font', 'standard');
  const keys = createPreference('keys', 'on');
  return (
    <section class="me-settings">
      <h3>{t('shell.settings')}</h3>
      <Segment
        label={t('shell.theme')}
        value={theme.value()}
        options={[
          { value: 'light', label: t('shell.themeLight') },
          { value: 'dark', label: t('shell.themeDark') },
        ]}
        onChange={theme.choose}
      />
      <Segment
        label={t('shell.density')}
        value={density.value()}
        options={[
          { value: 'compact', label: t('shell.densityCompact') },
          { value: 'standard', label: t('shell.densityStandard') },
          { value: 'comfortable', label: t('shell.densityComfortable') },
        ]}
        onChange={density.choose}
      />
      <Segment
        label={t('shell.font')}
        value={font.value()}
        options={[
          { value: 'standard', label: t('shell.fontStandard') },
          { value: 'large', label: t('shell.fontLarge') },
          { value: 'xlarge', label: t('shell.fontXlarge') },
        ]}
        onChange={font.choose}
      />
      <Segment
        label={t('shell.keys')}
        value={keys.value()}
        options={[
          { value: 'on', label: `${t('shell.keys')} ${t('shell.keysOn')}` },
          { value: 'off', label: t('shell.keysOff') },
        ]}
        onChange={keys.choose}
      />
    </section>
  );
}
