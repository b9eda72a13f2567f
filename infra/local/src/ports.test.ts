import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { choosePorts } from './ports.ts';

test('a second start gets the ports of the first', async () => {
  const first = await choosePorts(undefined);
  expect(await choosePorts(first)).toEqual(first);
});

test('the ports of one cluster differ', async () => {
  const { apiserver, kwok, metrics } = await choosePorts(undefined);
  expect(new Set([apiserver, kwok, metrics]).size).toBe(3);
});

test('only the port that somebody took is chosen anew', async () => {
  const first = await choosePorts(undefined);
  const thief = createServer();
  await new Promise<void>((done) => thief.listen(first.kwok, '127.0.0.1', done));
  try {
    const second = await choosePorts(first);
    expect(second.kwok).not.toBe(first.kwok);
    expect([second.apiserver, second.metrics]).toEqual([first.apiserver, first.metrics]);
  } finally {
    thief.close();
  }
});
