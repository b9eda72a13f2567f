import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import type { MessageKey } from '@yunheng/messages/translator';
import { Button } from '@yunheng/ui/button';
import { Dialog } from '@yunheng/ui/dialog';
import { useTexts } from '../text/texts.ts';

const lines = [
  { keys: ['Ctrl', 'K'], label: 'shell.keyPalette' },
  { keys: ['/'], label: 'shell.keyFilter' },
  { keys: ['G', 'H'], label: 'shell.keyGoHome' },
  { keys: ['G', 'I'], label: 'shell.keyGoInbox' },
  { keys: ['G', 'C'], label: 'shell.keyGoCapacity' },
  { keys: ['G', 'D'], label: 'shell.keyGoRequests' },
  { keys: ['G', 'S'], label: 'shell.keyGoSystems' },
  { keys: ['J', 'K'], label: 'shell.keyNextPrevious' },
  { keys: ['Enter'], label: 'shell.keyOpen' },
  { keys: ['Esc'], label: 'shell.keyClose' },
  { keys: ['A', 'B', 'R'], label: 'shell.keyDecide' },
  { keys: ['Ctrl', 'Enter'], label: 'shell.keyCommit' },
  { keys: ['?'], label: 'shell.keyList' },
] as const satisfies readonly { keys: readonly string[]; label: MessageKey }[];

export function KeyList(props: { open: boolean; onClose: () => void }): JSX.Element {
  const { t } = useTexts();
  return (
    <Dialog
      open={props.open}
      title={t('shell.keysTitle')}
      onClose={() => props.onClose()}
      footer={<Button onClick={() => props.onClose()}>{t('shell.close')}</Button>}
    >
      <dl class="facts">
        <For each={lines}>
          {(line) => (
            <>
              <dt>
                <For each={line.keys}>{(key) => <kbd>{key}</kbd>}</For>
              </dt>
              <dd>{t(line.label)}</dd>
            </>
          )}
        </For>
      </dl>
      <p class="small dim">{t('shell.keysSingle')}</p>
    </Dialog>
  );
}
