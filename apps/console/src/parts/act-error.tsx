import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Notice } from '@yunheng/ui/notice';
import type { PresentedError } from '../present-error.ts';

/** The error of an act, beside the act. */
export function ActError(props: { failed: PresentedError | undefined }): JSX.Element {
  return (
    <Show when={props.failed}>
      {(failed) => (
        <Notice tone="bad" alert title={failed().text}>
          <p class="small mono">{failed().reference}</p>
        </Notice>
      )}
    </Show>
  );
}
