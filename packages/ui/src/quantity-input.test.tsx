import { createSignal } from 'solid-js';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { QuantityInput } from './quantity-input.tsx';

afterEach(cleanup);

/** Thousands are grouped; `k` stands for a thousand: enough of a unit to see both directions. */
const parse = (text: string) => {
  const match = /^([\d,]+)(k?)$/u.exec(text);
  if (match === null) return undefined;
  return Number((match[1] ?? '').replaceAll(',', '')) * (match[2] === 'k' ? 1_000 : 1);
};
const format = (amount: number) => amount.toLocaleString('en-US');

function setUp() {
  const [value, setValue] = createSignal<number | undefined>(undefined);
  render(() => (
    <QuantityInput
      label="CPU"
      unit="核"
      value={value()}
      parse={parse}
      format={format}
      onInput={(amount) => setValue(() => amount)}
    />
  ));
  return { input: screen.getByRole('textbox') as HTMLInputElement, value, setValue };
}

describe('QuantityInput', () => {
  test('leaves what is typed alone while typing, and echoes the canonical writing when left', async () => {
    const { input, value } = setUp();
    await userEvent.fill(input, '2k');
    expect([input.value, value()]).toEqual(['2k', 2_000]);
    await userEvent.tab();
    expect(input.value).toBe('2,000');
  });

  test('keeps what cannot be read, so that it can be mended', async () => {
    const { input, value } = setUp();
    await userEvent.fill(input, '12 cows');
    await userEvent.tab();
    expect([input.value, value()]).toEqual(['12 cows', undefined]);
  });

  test('shows an amount that was set from elsewhere', () => {
    const { input, setValue } = setUp();
    setValue(1_024);
    expect(input.value).toBe('1,024');
  });
});
