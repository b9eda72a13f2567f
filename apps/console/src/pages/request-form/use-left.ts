import { createSignal } from 'solid-js';
import type { Problem } from '@yunheng/ui/notice';

/** What is wrong with the fields that were left. Nobody is told off while typing. */
export function useLeft(problems: () => readonly Problem[]) {
  const [left, setLeft] = createSignal<ReadonlySet<string>>(new Set());
  const mistakeAt = (fieldId: string) =>
    problems().find((problem) => problem.fieldId === fieldId)?.text;
  return {
    problemAt: (fieldId: string) => (left().has(fieldId) ? mistakeAt(fieldId) : undefined),
    /** Left empty, a field may still be on its way; whether it was needed is said at the try. */
    leave: (fieldId: string, text: string) => {
      if (text.trim() !== '') setLeft((all) => new Set([...all, fieldId]));
    },
    /** What is wrong stays said until it is mended; what was right may be written anew in peace. */
    enter: (fieldId: string) => {
      if (mistakeAt(fieldId) === undefined)
        setLeft((all) => new Set([...all].filter((id) => id !== fieldId)));
    },
  };
}
