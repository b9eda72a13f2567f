import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useLocation, useNavigate, useParams } from '@solidjs/router';
import { useSession } from '../api/session.tsx';
import { paths } from '../path-builder.ts';
import { useTexts } from '../text/texts.ts';

const scopes = ['all', 'provincial', 'industry', 'city', 'edge'] as const;

/** What part of the province is looked at. It is part of the address, never of a cookie. */
export function ScopeSwitcher(): JSX.Element {
  const session = useSession();
  return (
    <Show when={session.hasRole('applicant', 'head')} fallback={<ProvinceScope />}>
      <DepartmentScope />
    </Show>
  );
}

function DepartmentScope(): JSX.Element {
  const { t } = useTexts();
  const session = useSession();
  const navigate = useNavigate();
  const params = useParams<{ department?: string }>();
  const current = () =>
    session.departments().find((department) => department.id === params.department) ??
    session.departments()[0];
  return (
    <span class="scope">
      <span class="wide">{t('shell.department')}</span>
      <Show when={session.departments().length > 1} fallback={<b>{current()?.name}</b>}>
        <select
          class="scope-select"
          aria-label={t('shell.chooseDepartment')}
          onChange={(event) => navigate(paths.home(event.currentTarget.value))}
        >
          <For each={session.departments()}>
            {(department) => (
              <option value={department.id} selected={department.id === current()?.id}>
                {department.name}
              </option>
            )}
          </For>
        </select>
      </Show>
    </span>
  );
}

function ProvinceScope(): JSX.Element {
  const texts = useTexts();
  const location = useLocation();
  const navigate = useNavigate();
  const onCapacity = () => location.pathname === paths.capacity();
  const current = () => new URLSearchParams(location.search).get('scope') ?? 'all';
  const word = (scope: string) =>
    scope === 'all' ? texts.t('shell.scopeAll') : texts.word('tiers', scope);
  return (
    <span class="scope">
      <span class="wide">{texts.t('shell.scope')}</span>
      <Show when={onCapacity()} fallback={<b>{texts.t('shell.scopeAll')}</b>}>
        <select
          class="scope-select"
          aria-label={texts.t('shell.chooseScope')}
          onChange={(event) => navigate(paths.capacity({ scope: event.currentTarget.value }))}
        >
          <For each={scopes}>
            {(scope) => (
              <option value={scope} selected={scope === current()}>
                {word(scope)}
              </option>
            )}
          </For>
        </select>
      </Show>
    </span>
  );
}
