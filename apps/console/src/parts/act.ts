import { createSignal } from 'solid-js';
import { useQueryClient } from '@tanstack/solid-query';
import { noticeEndedSession } from '../api/query-client.ts';
import { presentError } from '../present-error.ts';
import type { PresentedError } from '../present-error.ts';
import { useTexts } from '../text/texts.ts';

/** One act at the server: busy while it runs, and its error kept beside the button that did it. */
export function createAct<A extends unknown[]>(act: (...args: A) => Promise<void>) {
  const texts = useTexts();
  const queries = useQueryClient();
  const [busy, setBusy] = createSignal(false);
  const [failed, setFailed] = createSignal<PresentedError>();
  const run = async (...args: A): Promise<void> => {
    if (busy()) return;
    setBusy(true);
    setFailed(undefined);
    try {
      await act(...args);
    } catch (error) {
      setFailed(presentError(error, texts));
      noticeEndedSession(queries, error);
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    failed,
    run: (...args: A) => void run(...args),
    forget: () => setFailed(undefined),
  };
}
