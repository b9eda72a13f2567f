import { cleanup, render } from '@solidjs/testing-library';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { writePreference } from '../preferences.ts';
import { listenToKeys, useKeys } from './keyboard.ts';
import type { KeyMap } from './keyboard.ts';

function Keys(props: { keys: KeyMap }) {
  useKeys(() => props.keys);
  return <input aria-label="意见" />;
}

let stop: () => void;
beforeEach(() => {
  stop = listenToKeys();
});
afterEach(() => {
  stop();
  cleanup();
  writePreference('keys', 'on');
});

describe('keys', () => {
  test('a single key, a sequence and a chord each do their act', async () => {
    const done = vi.fn();
    render(() => (
      <Keys keys={{ j: () => done('j'), 'g i': () => done('g i'), 'mod+k': () => done('mod+k') }} />
    ));
    await userEvent.keyboard('j');
    await userEvent.keyboard('gi');
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(done.mock.calls.flat()).toEqual(['j', 'g i', 'mod+k']);
  });

  test('single keys rest while somebody types, chords do not', async () => {
    const done = vi.fn();
    const { container } = render(() => (
      <Keys keys={{ a: () => done('a'), 'mod+enter': () => done('commit') }} />
    ));
    container.querySelector('input')?.focus();
    await userEvent.keyboard('a');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(done.mock.calls.flat()).toEqual(['commit']);
  });

  test('single keys can be switched off', async () => {
    const done = vi.fn();
    render(() => <Keys keys={{ j: done }} />);
    writePreference('keys', 'off');
    await userEvent.keyboard('j');
    expect(done).not.toHaveBeenCalled();
  });

  test('the innermost component that knows a key gets it, until it is gone', async () => {
    const outer = vi.fn();
    const inner = vi.fn();
    render(() => <Keys keys={{ j: outer }} />);
    const innermost = render(() => <Keys keys={{ j: inner }} />);
    await userEvent.keyboard('j');
    innermost.unmount();
    await userEvent.keyboard('j');
    expect([outer.mock.calls.length, inner.mock.calls.length]).toEqual([1, 1]);
  });
});
