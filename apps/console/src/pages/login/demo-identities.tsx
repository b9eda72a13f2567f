import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Notice } from '@yunheng/ui/notice';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import type { DemoIdentity } from '../../api/types.ts';
import { presentError } from '../../present-error.ts';
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
  const [failure, setFailure] = createSignal<string>();
  const enter = async (identity: DemoIdentity) => {
    try {
      await props.signIn(identity.username, identity.password);
    } catch (error) {
      setFailure(presentError(error, texts).text);
    }
  };
  return (
    <Show when={(valueOf(query) ?? []).length > 0}>
      <div class="demo">
        <h3>{t('entry.demoTitle')}</h3>
        <p class="hint">{t('entry.demoHelp')}</p>
        <Show when={failure()}>{(text) => <Notice tone="bad" alert title={text()} />}</Show>
        <ul>
          <For each={valueOf(query)}>
            {(identity) => (
              <li>
                <button type="button" onClick={() => void enter(identity)}>
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
