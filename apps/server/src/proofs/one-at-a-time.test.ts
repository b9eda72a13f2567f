import { expect, test } from 'vitest';
import { OneAtATime } from './one-at-a-time.ts';

const line = () => {
  const shared = new OneAtATime();
  const gates: PromiseWithResolvers<string>[] = [];
  const run = () => {
    const gate = Promise.withResolvers<string>();
    gates.push(gate);
    return gate.promise;
  };
  return { ask: shared.shared(run), other: shared.shared(run), gates };
};
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('however many ask while one runs, they share the one that begins after their question', async () => {
  const { ask, gates } = line();
  const first = ask();
  await turn();
  const later = [ask(), ask(), ask()];
  await turn();
  expect(gates).toHaveLength(1);
  gates[0]?.resolve('old');
  await first;
  await turn();
  gates[1]?.resolve('new');
  expect([await first, ...(await Promise.all(later))]).toEqual(['old', 'new', 'new', 'new']);
  expect(gates).toHaveLength(2);
});

test('two kinds never run at once', async () => {
  const { ask, other, gates } = line();
  const both = [ask(), other()];
  await turn();
  expect(gates).toHaveLength(1);
  gates[0]?.resolve('one');
  await turn();
  gates[1]?.resolve('two');
  expect(await Promise.all(both)).toEqual(['one', 'two']);
});

test('one that failed is its caller’s, the next one runs', async () => {
  const { ask, gates } = line();
  const first = ask();
  await turn();
  const second = ask();
  gates[0]?.reject(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  await turn();
  gates[1]?.resolve('fine');
  expect(await second).toBe('fine');
});
