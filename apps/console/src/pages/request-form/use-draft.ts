import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import { api } from '../../api/client.ts';
import { failureOf } from '../../api/failure.ts';
import type { RequestContent } from '../../api/types.ts';
import type { Form } from './create-form.ts';
import type { FormState } from './form-model.ts';
import { forgetLocally, keepLocally } from './local-draft.ts';

const quietMilliseconds = 1_000;

export type DraftStatus =
  | { kind: 'none' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: number }
  | { kind: 'local' }
  | { kind: 'conflict' };

export type DraftOptions = {
  department: () => string;
  form: Form;
  content: () => RequestContent;
  /** Called when the server has given the draft its first id, so that the address names it. */
  onNamed: (id: string) => void;
};

/** Saves one second after the last change: on this device at once, on the server as soon as it answers. */
export function useDraft(options: DraftOptions) {
  const [status, setStatus] = createSignal<DraftStatus>({ kind: 'none' });
  let id: string | null = null;
  let version: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;

  const keep = (state: FormState) => keepLocally(options.department(), id ?? undefined, state);

  const save = async () => {
    const content = options.content();
    // Without a system there is nothing the server could keep it under.
    if (content.systemId === '' || status().kind === 'conflict') {
      setStatus((now) => (now.kind === 'conflict' ? now : { kind: 'local' }));
      return;
    }
    setStatus({ kind: 'saving' });
    try {
      const saved = await api.requests.saveDraft.mutate({ id, version, content });
      if (id === null) {
        forgetLocally(options.department(), undefined);
        id = saved.id;
        options.onNamed(saved.id);
      }
      version = saved.version;
      forgetLocally(options.department(), saved.id);
      setStatus({ kind: 'saved', at: saved.savedAt });
    } catch (error) {
      const { code } = failureOf(error);
      keep(options.form.snapshot());
      setStatus(code === 'request.stale' ? { kind: 'conflict' } : { kind: 'local' });
    }
  };

  /** One save at a time: the version that the next one names is the answer of the one before. */
  const saveNow = async () => {
    clearTimeout(timer);
    await running;
    running = save();
    await running;
    running = undefined;
  };

  createEffect(
    on(
      options.form.changes,
      () => {
        keep(options.form.snapshot());
        clearTimeout(timer);
        timer = setTimeout(() => void saveNow(), quietMilliseconds);
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(timer));

  return {
    status,
    saveNow,
    /** What was loaded from the server, so that saving continues it. */
    adopt: (draft: { id: string; version: number; savedAt: number } | undefined) => {
      id = draft?.id ?? null;
      version = draft?.version ?? null;
      setStatus(draft === undefined ? { kind: 'none' } : { kind: 'saved', at: draft.savedAt });
    },
    known: () => ({ id, version }),
    forget: () => {
      clearTimeout(timer);
      forgetLocally(options.department(), id ?? undefined);
      forgetLocally(options.department(), undefined);
    },
  };
}

export type Draft = ReturnType<typeof useDraft>;
