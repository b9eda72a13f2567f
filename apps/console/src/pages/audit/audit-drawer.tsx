import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatInstantSeconds } from '@yunheng/messages/format/time';
import { Drawer } from '@yunheng/ui/dialog';
import { Facts } from '@yunheng/ui/facts';
import type { AuditRow } from '../../api/types.ts';
import { useTexts } from '../../text/texts.ts';
import { actionWord, actorWord, sourceWord } from './audit-words.ts';
import { SubjectRef } from './subject-ref.tsx';

/** One entry whole, with the value that ties it to its neighbours. Open in the address: Back closes it. */
export function AuditDrawer(props: {
  row: AuditRow | undefined;
  onClose: () => void;
}): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const title = () => {
    const { row } = props;
    return row === undefined ? '' : (actionWord(row, texts) ?? row.action);
  };
  return (
    <Drawer
      open={props.row !== undefined}
      title={title()}
      closeLabel={t('shell.close')}
      onClose={() => props.row !== undefined && props.onClose()}
    >
      <Show when={props.row}>{(row) => <Entry row={row()} />}</Show>
    </Drawer>
  );
}

function Entry(props: { row: AuditRow }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  return (
    <>
      <Facts
        facts={[
          { term: t('admin.auditSeq'), value: props.row.seq ?? t('admin.auditUnsealed') },
          { term: t('admin.auditAt'), value: formatInstantSeconds(props.row.at) },
          {
            term: t('admin.auditActor'),
            value: (
              <>
                {actorWord(props.row, texts)} <code>{props.row.actorId}</code>
              </>
            ),
          },
          { term: t('admin.auditAction'), value: <code>{props.row.action}</code> },
          { term: t('admin.auditVia'), value: texts.word('auditVias', props.row.via) },
          { term: t('admin.auditOutcome'), value: texts.word('outcomes', props.row.outcome) },
          {
            term: t('admin.auditSubject'),
            value: <SubjectRef of={props.row} />,
          },
          { term: t('admin.auditSource'), value: sourceWord(props.row, texts) },
          { term: t('admin.auditRequest'), value: <code>{props.row.httpRequestId}</code> },
          {
            term: t('admin.auditHash'),
            value: <code>{props.row.chainHash ?? t('admin.auditUnsealed')}</code>,
          },
        ]}
      />
      <Show when={Object.keys(props.row.detail ?? {}).length > 0}>
        <pre class="audit-detail mono" aria-label={t('admin.auditDetail')}>
          {JSON.stringify(props.row.detail, null, 2)}
        </pre>
      </Show>
    </>
  );
}
