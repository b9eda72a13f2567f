import { createEffect, createSignal, onCleanup } from 'solid-js';
import { formatShort } from '@yunheng/messages/format/time';
import { api, byPost } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import type { RequestContent } from '../../api/types.ts';
import { useTexts } from '../../text/texts.ts';

const typingMilliseconds = 350;

/** What the server says would happen, once typing pauses. Figures beside the form do not wait for it. */
export function usePreview(content: () => RequestContent, requestId: () => string | null) {
  const { t } = useTexts();
  const [settled, setSettled] = createSignal<RequestContent>();
  createEffect(() => {
    const now = content();
    const timer = setTimeout(
      () => setSettled(isAskable(now) ? now : undefined),
      typingMilliseconds,
    );
    onCleanup(() => clearTimeout(timer));
  });
  const query = useProcedure({
    name: 'requests.preview',
    input: settled,
    call: (input, options) =>
      api.requests.preview.query({ ...input, requestId: requestId() }, { ...options, ...byPost }),
    // Capacity moves under the form: others hold and release while it is written.
    everyMilliseconds: 10_000,
  });
  const value = () => (settled() === undefined ? undefined : valueOf(query));
  return {
    value,
    holdText: () => {
      const until = value()?.holdUntil;
      return until === null || until === undefined
        ? t('request.formHoldNone')
        : t('request.formHold', { until: formatShort(until) });
    },
  };
}

function isAskable(content: RequestContent): boolean {
  return (
    content.systemId !== '' &&
    (content.kind === 'new' ? content.lines.length > 0 : content.allocationId !== null)
  );
}
