import { approved, submit, type Wish } from '@yunheng/testkit/carry-request';
import { openOffice, type Office } from '@yunheng/testkit/office';
import { done, refused, submitted } from '@yunheng/testkit/request-desk';
import { afterEach, describe, expect, test } from 'vitest';

let office: Office;
afterEach(() => office.close());

const wish: Wish = { kind: 'new', system: 'wjw/jyfw' };
const elsewhere: Wish = { ...wish, environment: 'test' };

describe('the cap of open holds', () => {
  test('does not count what is approved and only waits for its cluster', async () => {
    office = await openOffice({ policy: { openHoldPermille: 250 } });
    await approved(office, { ...wish, amounts: { cpu: 60_000 } });
    done(await submit(office, { ...elsewhere, amounts: { cpu: 90_000 } }));
  });

  test('names what is undecided, and only that, as the amount that stands in the way', async () => {
    office = await openOffice({ policy: { openHoldPermille: 250 } });
    await approved(office, { ...wish, amounts: { cpu: 60_000 } });
    await submitted(office, { ...elsewhere, amounts: { cpu: 30_000 } });
    const wanted: Wish = { ...wish, system: 'wjw/sbxx', amounts: { cpu: 71_000 } };
    expect(refused(await submit(office, wanted))).toMatchObject({
      code: 'request.hold_cap',
      params: { held: 30_000, needed: 71_000, cap: 100_000, missing: 1000 },
    });
  });
});
