import { contentOf, read, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import {
  capacityOf,
  decided,
  done,
  linesNow,
  poolNamed,
  refused,
  submitContent,
  submitted,
} from '@yunheng/testkit/request-desk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getRequest } from './get-request.ts';
import { previewRequest } from './preview.ts';
import { withdrawRequest } from './withdraw.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const wish: Wish = { kind: 'new', system: 'rsj/jyfw', amounts: { cpu: 4000, memory: 8192 } };
const inTheWay = (number: string) => [
  { path: 'lines.0.cloudNodeId', code: 'request.new_under_way', params: { number } },
];

describe('of two new requests for one environment and pool', () => {
  test('the second is refused at submission, names the first, and holds nothing', async () => {
    await submitted(office, wish);
    const error = refused(await submit(office, wish));
    expect(error.issues).toEqual(inTheWay('配申〔2026〕1 号'));
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(4000);
  });

  test('the preview of the second says the same', async () => {
    await submitted(office, wish);
    const input = contentOf(office, wish);
    const { issues } = done(
      await previewRequest(office.deps, office.as('rsj-applicant'), { ...input }),
    );
    expect(issues).toEqual(inTheWay('配申〔2026〕1 号'));
  });

  test('submitted at the same moment one is accepted and the other told why', async () => {
    const outcomes = await Promise.all([submit(office, wish), submit(office, wish)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const late = outcomes.find(({ ok }) => !ok);
    expect(late && refused(late).issues).toEqual(inTheWay('配申〔2026〕1 号'));
    expect((await capacityOf(office, 'sheng-x86-general')).held).toBe(4000);
  });

  test('submitted at the same moment for different places both are accepted', async () => {
    const wishes = [wish, { ...wish, environment: 'test' }, { ...wish, node: 'gz' }] as const;
    const outcomes = await Promise.all(wishes.map((one) => submit(office, one)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(3);
  });

  test('the second may come once the first is withdrawn or rejected', async () => {
    const first = await submitted(office, wish);
    const { version } = await read(office, first);
    const withdrawal = { id: first, version, reason: '' };
    done(await withdrawRequest(office.deps, office.as('rsj-applicant'), withdrawal));
    const second = await submitted(office, wish);
    done(await decided(office, 'rsj-head', { id: second, decision: 'reject', opinion: '不需要' }));
    expect((await submit(office, wish)).ok).toBe(true);
  });

  test('the first keeps its place while it is returned, and does not stand in its own way', async () => {
    const id = await submitted(office, wish);
    done(await decided(office, 'rsj-head', { id, decision: 'return', opinion: '改' }));
    expect(refused(await submit(office, wish)).issues).toEqual(inTheWay('配申〔2026〕1 号'));
    const { version, content } = await read(office, id);
    expect((await submitContent(office, 'rsj-applicant', { id, version, content })).ok).toBe(true);
  });
});

test('a pool where this environment is asked for already is no way out of a refusal', async () => {
  const tooMuch = { ...wish, node: 'gz', amounts: { cpu: 110_000 } };
  const ways = async () => {
    const { details } = refused(await submit(office, tooMuch));
    const { shortfalls } = done(
      await previewRequest(office.deps, office.as('rsj-applicant'), contentOf(office, tooMuch)),
    );
    expect(shortfalls).toEqual(details);
    return shortfalls[0]?.alternatives.map(({ poolCode }) => poolCode);
  };
  expect(await ways()).toEqual(['sheng-x86-general']);
  await submitted(office, wish);
  expect(await ways()).toEqual([]);
});

describe('a move to a pool that another request of this environment asks for', () => {
  const toGuangzhou = async (id: string) => {
    const gz = (await poolNamed(office, 'gz-x86-general')).id;
    return (await linesNow(office, id)).map((line) => ({ lineId: line.id, poolId: gz }));
  };

  test('is refused, and that pool is not offered', async () => {
    const id = await submitted(office, wish);
    await submitted(office, { ...wish, node: 'gz' });
    done(await decided(office, 'rsj-head', { id }));
    const moves = await toGuangzhou(id);
    expect(refused(await decided(office, 'operator', { id, moves }))).toMatchObject({
      code: 'request.new_under_way',
      params: { number: '配申〔2026〕2 号' },
    });
    const { lines } = done(await getRequest(office.deps, office.as('operator'), { id }));
    expect(lines.map(({ alternatives }) => alternatives)).toEqual([[], []]);
  });

  test('at the same moment as that submission leaves one of the two there', async () => {
    const id = await submitted(office, wish);
    done(await decided(office, 'rsj-head', { id }));
    const moves = await toGuangzhou(id);
    const outcomes = await Promise.all([
      decided(office, 'operator', { id, moves }),
      submit(office, { ...wish, node: 'gz' }),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });
});
