import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatShort } from '@yunheng/messages/format/time';
import { Time } from '@yunheng/ui/time';
import type { RequestRow } from '../../api/types.ts';
import { AmountList } from '../../parts/amount.tsx';
import { Due } from '../../parts/due.tsx';
import { RequestStateMark } from '../../parts/request-state.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';

/** Drafts open in the form, everything else as a paper. */
export function requestHref(row: RequestRow): string {
  return row.state === 'draft'
    ? paths.newRequest(row.department.id, { from: row.id })
    : paths.request(row.id);
}

export function RequestLine(props: { row: RequestRow; ownDepartment: boolean }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  return (
    <tr>
      <td class="two">
        <a class="row" href={requestHref(props.row)}>
          <strong class="nowrap">{props.row.number ?? t('request.draftNumber')}</strong>
        </a>
        <Show when={!props.ownDepartment}>
          <small>{props.row.department.name}</small>
        </Show>
      </td>
      <td data-l={t('request.state')}>
        <RequestStateMark
          kind={props.row.kind}
          state={props.row.state}
          stepCode={props.row.stepCode}
          taskState={props.row.taskState}
        />
      </td>
      <td class="two" data-l={t('request.system')}>
        {props.row.system.name}
        <small>{texts.word('environments', props.row.environment)}</small>
      </td>
      <td class="nowrap" data-l={t('request.kind')}>
        {texts.word('requestKinds', props.row.kind)}
      </td>
      <td data-l={t('request.cloudNode')}>{texts.names(props.row.cloudNodes)}</td>
      <td class="full amounts" data-l={t('request.amounts')}>
        <AmountList amounts={props.row.amounts} />
      </td>
      <td class="nowrap" data-l={t('request.dueAt')}>
        <Show
          when={props.row.dueAt !== null && props.row.state === 'in_review'}
          fallback={<span class="vh">{t('shell.none')}</span>}
        >
          <Due of={props.row} />
        </Show>
      </td>
      <td class="nowrap" data-l={t('request.updatedAt')}>
        <Time at={props.row.updatedAt}>{formatShort(props.row.updatedAt)}</Time>
      </td>
    </tr>
  );
}
