import type { FormState } from './form-model.ts';

export type Written = {
  form: FormState;
  /** Of the server's draft that was written on; null before there was one. */
  version: number | null;
};

type Kept = Written & { savedAt: number };

const keyOf = (department: string, draft: string | undefined) =>
  `yunheng.form.${department}.${draft ?? 'new'}`;

/** What is on the screen, kept on this device with each key: a reload, a crash or a lost connection loses nothing. */
export function keepLocally(
  department: string,
  draft: string | undefined,
  written: Written,
): boolean {
  try {
    const kept: Kept = { ...written, savedAt: Date.now() };
    localStorage.setItem(keyOf(department, draft), JSON.stringify(kept));
    return true;
  } catch {
    return false; // full or closed storage; the draft on the server is then the only one
  }
}

export function readLocally(department: string, draft: string | undefined): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(department, draft)) ?? 'null');
    return isKept(kept) ? kept : undefined;
  } catch {
    return undefined; // unreadable is the same as absent
  }
}

export function forgetLocally(department: string, draft: string | undefined): void {
  try {
    localStorage.removeItem(keyOf(department, draft));
  } catch {
    // Closed storage kept nothing either.
  }
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' &&
    value !== null &&
    'form' in value &&
    'savedAt' in value &&
    typeof value.form === 'object' &&
    value.form !== null &&
    'lines' in value.form &&
    Array.isArray(value.form.lines)
  );
}
