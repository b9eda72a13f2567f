import { For, Show, createEffect, createMemo, createSignal, createUniqueId, on } from 'solid-js';
import type { JSX } from 'solid-js';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export type PaletteItem = {
  id: string;
  icon: IconName;
  label: string;
  note?: string | undefined;
  href: string;
};
export type PaletteGroup = { label: string; items: readonly PaletteItem[] };

export type PaletteProps = {
  open: boolean;
  label: string;
  placeholder: string;
  groups: readonly PaletteGroup[];
  labels: { choose: string; open: string; newTab: string; none: string };
  onQuery: (query: string) => void;
  onChoose: (item: PaletteItem, newTab: boolean) => void;
  onClose: () => void;
};

/** Combobox with a list: the focus stays in the field, the arrows move the choice. */
export function Palette(props: PaletteProps): JSX.Element {
  const base = createUniqueId();
  const [index, setIndex] = createSignal(0);
  const items = createMemo(() => props.groups.flatMap((group) => group.items));
  const chosen = () => items()[Math.min(index(), items().length - 1)];
  createEffect(on(items, () => setIndex(0), { defer: true }));

  let dialog: HTMLDialogElement | undefined;
  createEffect(() => {
    if (props.open && dialog?.open === false) dialog.showModal();
    if (!props.open && dialog?.open === true) dialog.close();
  });

  const move = (by: number) => {
    const count = items().length;
    if (count > 0) setIndex((at) => (at + by + count) % count);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') {
      const item = chosen();
      if (item !== undefined) props.onChoose(item, event.ctrlKey || event.metaKey);
    } else return;
    event.preventDefault();
  };
  const optionId = (item: PaletteItem) => `${base}-${item.id}`;
  const chosenId = () => {
    const item = chosen();
    return item === undefined ? undefined : optionId(item);
  };

  return (
    <dialog
      class="palette"
      aria-label={props.label}
      ref={(element) => (dialog = element)}
      onClose={() => props.onClose()}
    >
      <Show when={props.open}>
        <div class="q-in">
          <Icon name="search" />
          <input
            role="combobox"
            aria-label={props.placeholder}
            placeholder={props.placeholder}
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={`${base}-list`}
            aria-activedescendant={chosenId()}
            autofocus
            onInput={(event) => props.onQuery(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <kbd>Esc</kbd>
        </div>
        <div role="listbox" id={`${base}-list`} aria-label={props.label} class="pal-list">
          <For each={props.groups}>
            {(group) => (
              <div role="group" aria-label={group.label}>
                <div class="pal-h" role="presentation">
                  {group.label}
                </div>
                <For each={group.items}>
                  {(item) => (
                    <div
                      role="option"
                      id={optionId(item)}
                      aria-selected={chosen()?.id === item.id}
                      onClick={(event) => props.onChoose(item, event.ctrlKey || event.metaKey)}
                    >
                      <Icon name={item.icon} />
                      <span class="grow">{item.label}</span>
                      <span class="dim small">{item.note}</span>
                    </div>
                  )}
                </For>
              </div>
            )}
          </For>
        </div>
        <Show when={items().length === 0}>
          <p class="pal-h" role="status">
            {props.labels.none}
          </p>
        </Show>
        <div class="pal-foot">
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> {props.labels.choose}
          </span>
          <span>
            <kbd>Enter</kbd> {props.labels.open}
          </span>
          <span>
            <kbd>Ctrl</kbd> <kbd>Enter</kbd> {props.labels.newTab}
          </span>
        </div>
      </Show>
    </dialog>
  );
}
