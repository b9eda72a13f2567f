import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killAgainAndAgain } from './run.ts';

test('a server that is killed at random moments loses nothing that it acknowledged', async () => {
  const report = await killAgainAndAgain({
    times: 5,
    seed: 20_261_125,
    workFolder: join(tmpdir(), 'yunheng-kill'),
    say: () => {},
  });
  expect(report).toMatchObject({ kills: 5, missing: [], broken: [], convergences: 1, ok: true });
}, 600_000);
