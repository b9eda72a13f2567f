import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Preview } from '../../api/types.ts';
import { Notice } from '@yunheng/ui/notice';
import { issueText } from '../../present-error.ts';
import { useTexts } from '../../text/texts.ts';

/** What may be sent as it is and hardly anybody wants: said before it is sent, and nothing is held up. */
export function Warnings(props: { warnings: Preview['warnings'] }): JSX.Element {
  const texts = useTexts();
  return (
    <For each={props.warnings}>
      {(warning) => <Notice tone="warn" title={issueText(texts, warning)} />}
    </For>
  );
}
