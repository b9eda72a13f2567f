import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '@yunheng/ui/button';
import { Check } from '@yunheng/ui/choice';
import { Dialog } from '@yunheng/ui/dialog';
import { Field } from '@yunheng/ui/field';
import { Input } from '@yunheng/ui/input';
import { Notice } from '@yunheng/ui/notice';
import { api } from '../../api/client.ts';
import type { TokenRow } from '../../api/types.ts';
import { CopyText } from '../../parts/copy-text.tsx';
import { presentError } from '../../present-error.ts';
import { useTexts } from '../../text/texts.ts';

type Scope = TokenRow['scopes'][number];
const scopes: readonly Scope[] = ['read', 'request', 'approve', 'access'];
const usualDays = 90;
const mostDays = 365;

export function CreateTokenDialog(props: {
  open: boolean;
  onClose: () => void;
  onCreated: () => void;
}): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const [name, setName] = createSignal('');
  const [chosen, setChosen] = createSignal<readonly Scope[]>(['read']);
  const [days, setDays] = createSignal(String(usualDays));
  const [tried, setTried] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<string>();
  const [made, setMade] = createSignal<string>();
  const daysNumber = () => Number(days());
  const mistakes = () => ({
    name: name().trim() === '' ? t('entry.tokenNeedName') : undefined,
    scopes: chosen().length === 0 ? t('entry.tokenNeedScope') : undefined,
    days:
      Number.isInteger(daysNumber()) && daysNumber() >= 1 && daysNumber() <= mostDays
        ? undefined
        : t('entry.tokenNeedDays'),
  });

  const create = async () => {
    setTried(true);
    if (Object.values(mistakes()).some((mistake) => mistake !== undefined)) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const answer = await api.tokens.create.mutate({
        name: name().trim(),
        scopes: [...chosen()],
        days: daysNumber(),
      });
      setMade(answer.token);
      props.onCreated();
    } catch (error) {
      setFailure(presentError(error, texts).text);
    } finally {
      setBusy(false);
    }
  };
  const close = () => {
    setMade(undefined);
    setName('');
    setTried(false);
    props.onClose();
  };
  return (
    <Dialog
      open={props.open}
      title={made() === undefined ? t('entry.tokensNew') : t('entry.tokenMade')}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>
            {made() === undefined ? t('shell.cancel') : t('shell.close')}
          </Button>
          <Show when={made() === undefined}>
            <Button kind="primary" busy={busy()} onClick={() => void create()}>
              {t('entry.tokenCreate')}
            </Button>
          </Show>
        </>
      }
    >
      <Show
        when={made()}
        fallback={
          <div class="dialog-form">
            <Show when={failure()}>{(text) => <Notice tone="bad" alert title={text()} />}</Show>
            <Field
              label={t('entry.tokenName')}
              hint={t('entry.tokenNameHint')}
              error={tried() ? mistakes().name : undefined}
            >
              <Input
                value={name()}
                maxlength={64}
                onInput={(event) => setName(event.currentTarget.value)}
              />
            </Field>
            <fieldset class="field">
              <legend class="label">{t('entry.tokenScopes')}</legend>
              <For each={scopes}>
                {(scope) => (
                  <Check
                    checked={chosen().includes(scope)}
                    onChange={(on) =>
                      setChosen(
                        on ? [...chosen(), scope] : chosen().filter((other) => other !== scope),
                      )
                    }
                  >
                    {texts.word('scopes', scope)}
                  </Check>
                )}
              </For>
              <Show when={tried() && mistakes().scopes}>
                {(mistake) => <span class="err">{mistake()}</span>}
              </Show>
            </fieldset>
            <Field label={t('entry.tokenDays')} error={tried() ? mistakes().days : undefined}>
              <Input
                inputmode="numeric"
                unit={t('entry.tokenDaysUnit')}
                value={days()}
                onInput={(event) => setDays(event.currentTarget.value)}
              />
            </Field>
          </div>
        }
      >
        {(token) => (
          <>
            <p>{t('entry.tokenMadeHelp')}</p>
            <CopyText text={token()} label={t('entry.tokensTitle')} />
          </>
        )}
      </Show>
    </Dialog>
  );
}
