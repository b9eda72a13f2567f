import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';

export type Toast = {
  id: number;
  text: string;
  link?: { href: string; label: string } | undefined;
};

export type Toasts = {
  list: () => readonly Toast[];
  show: (toast: Omit<Toast, 'id'>) => void;
  dismiss: (id: number) => void;
};

const toastMilliseconds = 6_000;

/** What was done, said once and briefly. Never for an error that needs an act. */
export function createToasts(): Toasts {
  const [list, setList] = createSignal<readonly Toast[]>([]);
  let next = 0;
  const dismiss = (id: number) => setList((all) => all.filter((toast) => toast.id !== id));
  const show = (toast: Omit<Toast, 'id'>) => {
    next += 1;
    const id = next;
    setList((all) => [...all, { ...toast, id }]);
    setTimeout(() => dismiss(id), toastMilliseconds);
  };
  return { list, show, dismiss };
}

export function ToastRegion(props: { toasts: Toasts }): JSX.Element {
  return (
    <div class="toasts" role="status" aria-live="polite">
      <For each={props.toasts.list()}>
        {(toast) => (
          <div class="toast">
            <span>{toast.text}</span>
            <Show when={toast.link}>
              {(link) => (
                <a
                  class="btn"
                  data-k="quiet"
                  href={link().href}
                  onClick={() => props.toasts.dismiss(toast.id)}
                >
                  {link().label}
                </a>
              )}
            </Show>
          </div>
        )}
      </For>
    </div>
  );
}
