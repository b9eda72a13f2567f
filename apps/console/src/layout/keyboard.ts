import { onCleanup, onMount } from 'solid-js';
import { readPreference } from '../preferences.ts';

/** `g i` is a sequence, `mod+k` a chord, everything else a single key. */
export type KeyMap = Readonly<Record<string, () => void>>;

const sequenceMilliseconds = 1_200;
let stack: readonly KeyMap[] = [];
let pending: { key: string; at: number } | undefined;

/** Keys of a component, while it is on screen. The innermost component that knows a key gets it. */
export function useKeys(keys: () => KeyMap): void {
  onMount(() => {
    const own = keys();
    stack = [own, ...stack];
    onCleanup(() => {
      stack = stack.filter((map) => map !== own);
    });
  });
}

export function listenToKeys(): () => void {
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    run(`mod+${event.key.toLowerCase()}`, event);
    return;
  }
  // Single keys rest while typing, inside dialogs, and when switched off (WCAG 2.1.4).
  if (
    isTyping(event.target) ||
    readPreference('keys') === 'off' ||
    document.querySelector('dialog[open]') !== null
  )
    return;
  const before = pending;
  pending = undefined;
  if (
    before !== undefined &&
    event.timeStamp - before.at < sequenceMilliseconds &&
    run(`${before.key} ${event.key}`, event)
  )
    return;
  if (run(event.key, event)) return;
  if (stack.some((map) => Object.keys(map).some((known) => known.startsWith(`${event.key} `))))
    pending = { key: event.key, at: event.timeStamp };
}

function run(key: string, event: KeyboardEvent): boolean {
  const act = stack.find((map) => Object.hasOwn(map, key))?.[key];
  if (act === undefined) return false;
  event.preventDefault();
  act();
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/u.test(target.tagName))
  );
}
