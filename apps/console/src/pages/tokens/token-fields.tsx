import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { tokenScopes } from '@yunheng/domain/identity/policy';
import type { TokenScope } from '@yunheng/domain/identity/policy';
import { Check } from '@yunheng/ui/choice';
import { Field } from '@yunheng/ui/field';
import { Input } from '@yunheng/ui/input';
import { useTexts } from '../../text/texts.ts';

export type TokenDraft = { name: string; scopes: readonly TokenScope[]; days: string };
export type TokenMistakes = {
  name?: string | undefined;
  scopes?: string | undefined;
  days?: string | undefined;
};

export const emptyToken: TokenDraft = { name: '', scopes: ['read'], days: '90' };

export type TokenFieldsProps = {
  draft: TokenDraft;
  mistakes: TokenMistakes;
  onChange: (draft: TokenDraft) => void;
};

export function TokenFields(props: TokenFieldsProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const change = (part: Partial<TokenDraft>) => props.onChange({ ...props.draft, ...part });
  const toggle = (scope: TokenScope, on: boolean) =>
    change({
      scopes: on
        ? [...props.draft.scopes, scope]
        : props.draft.scopes.filter((other) => other !== scope),
    });
  return (
    <>
      <Field
        label={t('entry.tokenName')}
        hint={t('entry.tokenNameHint')}
        error={props.mistakes.name}
      >
        <Input
          value={props.draft.name}
          maxlength={64}
          onInput={(event) => change({ name: event.currentTarget.value })}
        />
      </Field>
      <fieldset class="field">
        <legend class="label">{t('entry.tokenScopes')}</legend>
        <For each={tokenScopes}>
          {(scope) => (
            <Check
              checked={props.draft.scopes.includes(scope)}
              onChange={(on) => toggle(scope, on)}
            >
              {texts.word('scopes', scope)}
            </Check>
          )}
        </For>
        <Show when={props.mistakes.scopes}>
          {(mistake) => <span class="err">{mistake()}</span>}
        </Show>
      </fieldset>
      <Field label={t('entry.tokenDays')} error={props.mistakes.days}>
        <Input
          inputmode="numeric"
          unit={t('entry.tokenDaysUnit')}
          value={props.draft.days}
          onInput={(event) => change({ days: event.currentTarget.value })}
        />
      </Field>
    </>
  );
}
