import { countedIds } from '@yunheng/testkit/counted-ids';
import { afterAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../sqlite/open.ts';
import { listBy, readTogether } from './read-together.ts';

const store = await openSqlite(':memory:', { ids: countedIds() });
const other = await openSqlite(':memory:', { ids: countedIds() });
afterAll(() => Promise.all([store.close(), other.close()]));

function counted() {
  const asked: (readonly string[])[] = [];
  const read = readTogether(async (_store, keys) => {
    asked.push(keys);
    const rows = keys.map((key) => ({ key, answer: `${key}!` }));
    return listBy(rows, (row) => row.key);
  });
  return { asked, read };
}

describe('readers of one turn', () => {
  test('are answered by one statement, each with its own', async () => {
    const { asked, read } = counted();
    const answers = await Promise.all(['a', 'b', 'a'].map((key) => read(store, key)));
    expect(asked).toEqual([['a', 'b']]);
    expect(answers.map(([first]) => first?.answer)).toEqual(['a!', 'b!', 'a!']);
  });

  test('are not answered by what was read before they asked', async () => {
    const { asked, read } = counted();
    await read(store, 'a');
    await read(store, 'a');
    expect(asked).toEqual([['a'], ['a']]);
  });

  test('of another store are asked apart', async () => {
    const { asked, read } = counted();
    await Promise.all([read(store, 'a'), read(other, 'a')]);
    expect(asked).toEqual([['a'], ['a']]);
  });

  test('all learn of a failure, and the next turn starts anew', async () => {
    let fails = true;
    const read = readTogether(async () => {
      if (fails) throw new Error('gone');
      return () => 'there';
    });
    const both = await Promise.allSettled([read(store, 'a'), read(store, 'b')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await read(store, 'a')).toBe('there');
  });
});
