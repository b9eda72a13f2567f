import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import type { DemoIdentity } from '../../api/types.ts';
import { ActError } from '../../parts/act-error.tsx';
import { createAct } from '../../parts/act.ts';
import { useTexts } from '../../text/texts.ts';
import type { SignIn } from './login-form.tsx';

/** Only the demo offers any; everywhere else the list is empty and this region is absent. */
export function DemoIdentities(props: { signIn: SignIn }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const query = useProcedure({
    name: 'auth.demoIdentities',
    input: () => ({}),
    call: (input, options) => api.auth.demoIdentities.query(input, options),
  });
  const enter = createAct((identity: DemoIdentity) =>
    props.signIn(identity.username, identity.password),
  );
  return (
    <Show when={(valueOf(query) ?? []).length > 0}>
      <div class="demo">
        <h3>{t('entry.demoTitle')}</h3>
        <p class="hint">{t('entry.demoHelp')}</p>
        <ActError failed={enter.failed()} />
        <ul>
          <For each={valueOf(query)}>
            {(identity) => (
              <li>
                <button type="button" onClick={() => enter.run(identity)}>
                  <span>{identity.displayName}</span>
                  <span class="mono small">{identity.username}</span>
                  <small>{texts.word('roles', identity.role)}</small>
                </button>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  );
}
