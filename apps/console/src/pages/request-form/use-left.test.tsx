import { createRoot, createSignal } from 'solid-js';
import { describe, expect, test } from 'vitest';
import { useLeft } from './use-left.ts';

const setUp = () =>
  createRoot(() => {
    const [text, setText] = createSignal<string>();
    const left = useLeft(() => {
      const said = text();
      return said === undefined ? [] : [{ fieldId: 'line-1-amount', text: said }];
    });
    return { setText, left, said: () => left.problemAt('line-1-amount') };
  });

describe('a field that is checked when it is left', () => {
  test('says nothing while it is typed in for the first time', () => {
    const { setText, said } = setUp();
    setText('太小');
    expect(said()).toBeUndefined();
  });

  test('says what is wrong once it is left, until that is mended', () => {
    const { setText, left, said } = setUp();
    setText('太小');
    left.leave('line-1-amount', '0.1');
    expect(said()).toBe('太小');
    left.enter('line-1-amount');
    expect(said()).toBe('太小');
    setText(undefined);
    expect(said()).toBeUndefined();
  });

  test('may be written anew in peace when it was right', () => {
    const { setText, left, said } = setUp();
    left.leave('line-1-amount', '64');
    left.enter('line-1-amount');
    setText('太小');
    expect(said()).toBeUndefined();
  });

  test('left empty it is not told off', () => {
    const { setText, left, said } = setUp();
    setText('填写数量');
    left.leave('line-1-amount', ' ');
    expect(said()).toBeUndefined();
  });
});
