import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import { api } from '../../api/client.ts';
import { failureOf } from '../../api/failure.ts';
import type { RequestContent } from '../../api/types.ts';
import type { Form } from './create-form.ts';
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

type Saved = { id: string; version: number; savedAt: number };

/** Saves one second after the last change: on this device at once, on the server as soon as it answers. */
export function useDraft(options: DraftOptions) {
  const record = createRecord(options);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;

  /** One save at a time: the version that the next one names is the answer of the one before. */
  const saveNow = async () => {
    clearTimeout(timer);
    await running;
    running = record.save();
    await running;
    running = undefined;
  };
  const onChange = () => {
    record.keep();
    clearTimeout(timer);
    timer = setTimeout(() => void saveNow(), quietMilliseconds);
  };
  createEffect(on(options.form.changes, onChange, { defer: true }));
  onCleanup(() => clearTimeout(timer));
  return {
    status: record.status,
    adopt: record.adopt,
    contest: record.contest,
    known: record.known,
    saveNow,
    /** Beside the draft that somebody else wrote on; what was kept of it goes only when this one has arrived. */
    saveAsNew: async () => {
      const { id } = record.known();
      record.adopt(undefined);
      record.keep();
      await saveNow();
      if (record.status().kind === 'saved') forgetLocally(options.department(), id ?? undefined);
    },
    forget: () => {
      clearTimeout(timer);
      record.forget();
    },
  };
}

export type Draft = ReturnType<typeof useDraft>;

/** Which draft this is, where it is kept, and how that stands. */
function createRecord(options: DraftOptions) {
  const [status, setStatus] = createSignal<DraftStatus>({ kind: 'none' });
  let id: string | null = null;
  let version: number | null = null;
  const keep = () =>
    void keepLocally(options.department(), id ?? undefined, {
      form: options.form.snapshot(),
      version,
    });

  /** `written` is the change that the server has now; what was typed meanwhile stays on this device. */
  const onSaved = (saved: Saved, written: number) => {
    if (id === null) {
      forgetLocally(options.department(), undefined);
      options.onNamed(saved.id);
    }
    ({ id, version } = saved);
    if (options.form.changes() === written) forgetLocally(options.department(), saved.id);
    else keep();
    setStatus({ kind: 'saved', at: saved.savedAt });
  };
  const save = async () => {
    const content = options.content();
    if (status().kind === 'conflict') return;
    // Without a system there is nothing the server could keep it under.
    if (content.systemId === '') {
      setStatus({ kind: 'local' });
      return;
    }
    setStatus({ kind: 'saving' });
    const written = options.form.changes();
    try {
      onSaved(await api.requests.saveDraft.mutate({ id, version, content }), written);
    } catch (error) {
      keep();
      setStatus({ kind: failureOf(error).code === 'request.stale' ? 'conflict' : 'local' });
    }
  };
  return {
    status,
    keep,
    save,
    known: () => ({ id, version }),
    /** What is on the screen was written on a version that the server has no more. */
    contest: () => setStatus({ kind: 'conflict' }),
    /** What was loaded from the server, so that saving continues it. */
    adopt: (draft: Saved | undefined) => {
      id = draft?.id ?? null;
      version = draft?.version ?? null;
      setStatus(draft === undefined ? { kind: 'none' } : { kind: 'saved', at: draft.savedAt });
    },
    forget: () => {
      forgetLocally(options.department(), id ?? undefined);
      forgetLocally(options.department(), undefined);
    },
  };
}
