import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { AuditRow } from '../../api/types.ts';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';

/** What an act was done to: its kind in words, its id, and the way to it where it has a page. */
export function SubjectRef(props: {
  of: Pick<AuditRow, 'subjectKind' | 'subjectId'>;
}): JSX.Element {
  const texts = useTexts();
  const href = () => {
    const { subjectId } = props.of;
    if (subjectId.startsWith('qr_')) return paths.request(subjectId);
    return subjectId.startsWith('sys_') ? paths.system(subjectId) : undefined;
  };
  const id = () => <code>{props.of.subjectId}</code>;
  return (
    <>
      {texts.word('auditSubjects', props.of.subjectKind)}{' '}
      <Show when={href()} fallback={id()}>
        {(to) => <a href={to()}>{id()}</a>}
      </Show>
    </>
  );
}
