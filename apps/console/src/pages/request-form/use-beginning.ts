import { createEffect, createSignal, on, onMount, untrack } from 'solid-js';
import { useLocation } from '@solidjs/router';
import type { RequestDetail } from '../../api/types.ts';
import { fromContent } from './form-model.ts';
import { readLocally } from './local-draft.ts';
import type { RequestFormProps, RequestFormState } from './use-request-form.ts';

const continues = (original: RequestDetail) =>
  original.request.state === 'draft' || original.request.state === 'returned';

/** What the form begins with: the draft of the server, what this device kept, or what a link asks for. */
export function useBeginning(props: RequestFormProps, state: RequestFormState) {
  const search = new URLSearchParams(useLocation().search);
  const [restored, setRestored] = createSignal(false);
  const { form, draft, inputs } = state;

  onMount(() => {
    const { original } = props;
    if (original === undefined) form.start();
    else {
      form.load(fromContent(original.content, form.nextKey));
      const { id, version, updatedAt } = original.request;
      if (continues(original)) draft.adopt({ id, version, savedAt: updatedAt });
    }
    const own = original !== undefined && continues(original) ? original.request.id : undefined;
    const kept = readLocally(props.department, own);
    if (kept !== undefined) {
      form.load(kept.form);
      setRestored(true);
      // Written on a version that somebody else has replaced: saving on would overwrite theirs.
      const current = original?.request.version;
      if (own !== undefined && kept.version !== current) draft.contest();
    } else if (original === undefined) applyLink();
  });

  /** A link from a system names what is to be done, and with which environment. */
  const applyLink = () => {
    const system = search.get('system');
    if (system === null || !props.systems.some((row) => row.id === system)) return;
    const kind = search.get('kind');
    form.quietly(() => {
      form.setSystem(system);
      if (kind === 'change' || kind === 'release') form.setKind(kind);
    });
  };
  // The environments of the system arrive after the link was read.
  createEffect(
    on(inputs, () => {
      const wanted = search.get('allocation');
      const open = untrack(() => form.form.kind !== 'new' && form.form.allocationId === '');
      if (wanted !== null && open && inputs().allocations.some((row) => row.id === wanted))
        form.quietly(() => form.setAllocation(wanted));
    }),
  );
  return { restored };
}
