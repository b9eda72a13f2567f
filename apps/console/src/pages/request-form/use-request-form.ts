import { createEffect, createMemo, createSignal } from 'solid-js';
import type { Problem } from '@yunheng/ui/notice';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import type { CatalogItem, Offers, RequestDetail, SystemRow } from '../../api/types.ts';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { createForm } from './create-form.ts';
import { allocationOf, toContent } from './form-model.ts';
import type { Inputs } from './form-model.ts';
import { problemsOf } from './problems.ts';
import { useDraft } from './use-draft.ts';
import { useLeft } from './use-left.ts';
import { usePreview } from './use-preview.ts';
import { useSubmit } from './use-submit.ts';

export type RequestFormProps = {
  department: string;
  catalog: readonly CatalogItem[];
  offers: Offers;
  systems: readonly SystemRow[];
  /** The draft or returned request that is continued, or the one that is copied. */
  original: RequestDetail | undefined;
};

/** Everything behind the form: its state, what it is saved as, what it would do, and sending it. */
export function useRequestForm(props: RequestFormProps) {
  const texts = useTexts();
  const [systemId, setSystemId] = createSignal('');
  const system = useProcedure({
    name: 'systems.get',
    input: () => (systemId() === '' ? undefined : { id: systemId() }),
    call: (input, options) => api.systems.get.query(input, options),
  });
  const inputs = createMemo((): Inputs => {
    const detail = systemId() === '' ? undefined : valueOf(system);
    const own = detail?.system.id === systemId() ? detail.allocations : [];
    const allocations = own.filter((row) => row.state === 'active');
    return { catalog: props.catalog, offers: props.offers, allocations };
  });
  const form = createForm(inputs);
  createEffect(() => setSystemId(form.form.systemId));
  const content = () => toContent(form.form, inputs());
  const department = () => props.department;
  // The address names the draft from now on, without a new page: a reload finds it.
  const onNamed = (id: string) =>
    history.replaceState(history.state, '', paths.newRequest(department(), { from: id }));
  const draft = useDraft({ department, form, content, onNamed });
  const preview = usePreview(content, () => draft.known().id);
  const submit = useSubmit({ form, inputs, draft, content, department });

  const [tried, setTried] = createSignal(false);
  const [confirming, setConfirming] = createSignal(false);
  const wrong = createMemo(() => problemsOf(form.form, inputs(), texts));
  const mistakes = (): Problem[] => (tried() ? wrong() : []);
  // Once all are mended the list is gone until the next try: it must not take the focus while somebody types.
  createEffect(() => {
    if (tried() && mistakes().length === 0) setTried(false);
  });
  const left = useLeft(wrong);
  const problems = () => (mistakes().length > 0 ? mistakes() : submit.problems());
  return {
    form,
    inputs,
    draft,
    preview,
    submit,
    problems,
    isSystemRead: () => valueOf(system) !== undefined,
    problemAt: (fieldId: string) =>
      problems().find((problem) => problem.fieldId === fieldId)?.text ?? left.problemAt(fieldId),
    enter: left.enter,
    leave: left.leave,
    /** Mistakes first; a release is then confirmed, everything else is sent. */
    send: () => {
      setTried(true);
      if (problemsOf(form.form, inputs(), texts).length > 0) return;
      if (form.form.kind === 'release') setConfirming(true);
      else submit.run();
    },
    releasing: () => (confirming() ? allocationOf(form.form, inputs()) : undefined),
    confirmRelease: () => {
      setConfirming(false);
      submit.run();
    },
    keepAllocation: () => setConfirming(false),
  };
}

export type RequestFormState = ReturnType<typeof useRequestForm>;
