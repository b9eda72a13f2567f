import { createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { IssueDialog } from '../../parts/issue-dialog.tsx';
import { useTexts } from '../../text/texts.ts';
import { TokenFields, emptyToken } from './token-fields.tsx';
import type { TokenDraft } from './token-fields.tsx';

const mostDays = 365;

export type CreateTokenDialogProps = {
  open: boolean;
  onClose: () => void;
  onCreated: () => void;
};

export function CreateTokenDialog(props: CreateTokenDialogProps): JSX.Element {
  const { t } = useTexts();
  const [draft, setDraft] = createSignal<TokenDraft>(emptyToken);
  const days = () => Number(draft().days);
  const areDaysRight = () => Number.isInteger(days()) && days() >= 1 && days() <= mostDays;
  const issue = async () => {
    const { name, scopes } = draft();
    const wish = { name: name.trim(), scopes: [...scopes], days: days() };
    const { token } = await api.tokens.create.mutate(wish);
    props.onCreated();
    return token;
  };
  return (
    <IssueDialog
      open={props.open}
      title={t('entry.tokensNew')}
      act={t('entry.tokenCreate')}
      issued={{
        title: t('entry.tokenMade'),
        help: t('entry.tokenMadeHelp'),
        label: t('entry.tokensTitle'),
      }}
      mistakes={{
        name: draft().name.trim() === '' ? t('entry.tokenNeedName') : undefined,
        scopes: draft().scopes.length === 0 ? t('entry.tokenNeedScope') : undefined,
        days: areDaysRight() ? undefined : t('entry.tokenNeedDays'),
      }}
      issue={issue}
      onClose={() => {
        setDraft(emptyToken);
        props.onClose();
      }}
    >
      {(mistakes) => <TokenFields draft={draft()} mistakes={mistakes()} onChange={setDraft} />}
    </IssueDialog>
  );
}
