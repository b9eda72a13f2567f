import { createRoot } from 'solid-js';
import { createToasts } from '@yunheng/ui/toast';

/** What was done is said in one place, whichever page did it. */
export const toasts = createRoot(() => createToasts());
