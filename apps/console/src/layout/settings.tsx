import { createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Segment } from '@yunheng/ui/choice';
import { forgetTheme, readPreference, writePreference } from '../preferences.ts';
import type { Preference, PreferenceName } from '../preferences.ts';
import { useTexts } from '../text/texts.ts';

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

/** How the console looks on this device; nobody else sees a difference. */
export function Settings(): JSX.Element {
  const { t } = useTexts();
  const density = createPreference('density', 'standard');
  const font = createPreference('font', 'standard');
  const keys = createPreference('keys', 'on');
  return (
    <section class="me-settings">
      <h3>{t('shell.settings')}</h3>
      <dl class="facts">
        <dt>{t('shell.theme')}</dt>
        <dd>
          <Theme />
        </dd>
        <dt>{t('shell.density')}</dt>
        <dd>
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
        </dd>
        <dt>{t('shell.font')}</dt>
        <dd>
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
        </dd>
        <dt>{t('shell.keys')}</dt>
        <dd>
          <Segment
            label={t('shell.keys')}
            value={keys.value()}
            options={[
              { value: 'on', label: t('shell.keysOn') },
              { value: 'off', label: t('shell.keysOff') },
            ]}
            onChange={keys.choose}
          />
        </dd>
      </dl>
    </section>
  );
}

function Theme(): JSX.Element {
  const { t } = useTexts();
  const [theme, setTheme] = createSignal<Preference<'theme'> | 'system'>(
    readPreference('theme') ?? 'system',
  );
  const choose = (next: Preference<'theme'> | 'system') => {
    setTheme(next);
    if (next === 'system') forgetTheme();
    else writePreference('theme', next);
  };
  return (
    <Segment
      label={t('shell.theme')}
      value={theme()}
      options={[
        { value: 'light', label: t('shell.themeLight') },
        { value: 'dark', label: t('shell.themeDark') },
        { value: 'system', label: t('shell.themeSystem') },
      ]}
      onChange={choose}
    />
  );
}
