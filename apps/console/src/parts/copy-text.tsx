import { createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '@yunheng/ui/button';
import { Icon } from '@yunheng/ui/icon';
import { useTexts } from '../text/texts.ts';

/** A secret shown once, selectable whole, with a button for those who would rather not aim. */
export function CopyText(props: { text: string; label: string; multiline?: boolean }): JSX.Element {
  const { t } = useTexts();
  const [copied, setCopied] = createSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(props.text);
    setCopied(true);
  };
  return (
    <div class="copy-text">
      <textarea
        class="area mono"
        readonly
        aria-label={props.label}
        rows={props.multiline ? 10 : 2}
        value={props.text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button onClick={() => void copy()}>
        <Icon name="copy" />
        {copied() ? t('shell.copied') : t('shell.copy')}
      </Button>
    </div>
  );
}
