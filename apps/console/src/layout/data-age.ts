import { createEffect, createSignal, onCleanup } from 'solid-js';

const [pageAt, setPageAt] = createSignal<number | undefined>(undefined);

/** How old the content of the page in view is; shown in the bar. */
export { pageAt };

/** A page says how old its content is. Cleared when it leaves. */
export function useDataAge(at: () => number | undefined): void {
  createEffect(() => setPageAt(at()));
  onCleanup(() => setPageAt(undefined));
}
