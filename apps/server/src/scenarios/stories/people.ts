import { expect } from 'vitest';
import { setRoles } from '@yunheng/application/identity/set-roles';
import { AnonymousRefusals } from '@yunheng/application/identity/anonymous-refusals';
import { LoginTurns } from '@yunheng/application/identity/login-turns';
import { saveDraft } from '@yunheng/application/requests/drafts';
import { getRequest } from '@yunheng/application/requests/get-request';
import { submitRequest } from '@yunheng/application/requests/submit';
import { withdrawRequest } from '@yunheng/application/requests/withdraw';
import { findUser } from '@yunheng/db/queries/identity';
import { requestsOfSystem } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import type { RoleGrant } from '@yunheng/domain/identity/roles';
import { contentOf } from '@yunheng/testkit/carry-request';
import type { PersonName } from '@yunheng/testkit/people';
import { createSecrets } from '../../crypto/passwords.ts';
import { callOf, decide, done, freeIn, reached, read, submitted } from '../desk.ts';
import type { Story } from '../story.ts';
import type { World } from '../world.ts';

const amounts = { cpu: 2000, memory: 4096 };
const newWish = (world: World) =>
  ({ kind: 'new', system: `rsj/${world.newSystem()}`, amounts }) as const;

/** As the security administrator does it on the page for users and roles: the new roles instead of the old ones. */
async function give(world: World, person: PersonName, roles: readonly RoleGrant[]) {
  const base = { ...world.deps, secrets: createSecrets(), logins: new LoginTurns() };
  const deps = { ...base, refusals: new AnonymousRefusals(base) };
  const { userId } = world.as(person).actor;
  const user = await findUser(world.deps.store, userId);
  // A right ends at an instant: whoever used it did so before.
  world.clock.advance(1_000);
  const input = { id: userId, version: user?.version ?? 0, roles };
  const given = await setRoles(deps, await callOf(world, 'security-admin'), input);
  world.clock.advance(1_000);
  return given;
}

const inDepartment = (world: World, role: 'applicant' | 'head'): RoleGrant => ({
  role,
  departmentId: world.names.departments.get('rsj')?.id ?? null,
});

export const people: readonly Story[] = [
  {
    name: 'double submit: the same key makes one request, other content under it is refused',
    async play(world) {
      const wish = newWish(world);
      const free = await freeIn(world, 'sheng-x86-general', 'cpu');
      const call = await callOf(world, 'rsj-applicant');
      const idempotencyKey = world.deps.ids.next('httpRequest');
      const send = (content = contentOf(world, wish)) =>
        submitRequest(world.deps, call, { id: null, version: null, content, idempotencyKey });
      const answers = [...(await Promise.all([send(), send()])), await send()].map(done);
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
      expect(new Set(answers.map(({ number }) => number)).size).toBe(1);
      const { systemId } = contentOf(world, wish);
      expect(await requestsOfSystem(world.deps.store, wholeProvince, systemId)).toHaveLength(1);
      expect(await freeIn(world, 'sheng-x86-general', 'cpu')).toBe(free - amounts.cpu);
      const other = contentOf(world, { ...wish, amounts: { cpu: 4000, memory: 4096 } });
      expect(await send(other)).toMatchObject({
        error: { code: 'request.idempotency_mismatch' },
      });
    },
  },
  {
    name: 'two editors: the second is told that the page is stale, and nothing of theirs is written',
    async play(world) {
      const wish = newWish(world);
      const call = await callOf(world, 'rsj-applicant');
      const content = contentOf(world, wish);
      const draft = done(await saveDraft(world.deps, call, { id: null, version: null, content }));
      const first = { ...content, reason: '第一位' };
      const second = { ...content, reason: '第二位' };
      const [kept, stale] = [
        await saveDraft(world.deps, call, { ...draft, content: first }),
        await saveDraft(world.deps, call, { ...draft, content: second }),
      ];
      expect(kept.ok).toBe(true);
      expect(stale).toMatchObject({
        error: { code: 'request.stale', params: { version: draft.version + 1 } },
      });
      expect((await read(world, draft.id)).content.reason).toBe('第一位');
    },
  },
  {
    name: 'two deciders: one decision stands, the other is told what it was (A3)',
    async play(world) {
      const id = await submitted(world, newWish(world));
      const { version, digest } = await read(world, id);
      const seen = { id, version, digest: digest ?? '' };
      const answers = await Promise.all([
        decide(world, 'rsj-head', seen),
        decide(world, 'rsj-head', { ...seen, decision: 'reject', opinion: '没有依据' }),
      ]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      const [refused] = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code]));
      expect(['approval.already_decided', 'approval.twice', 'approval.not_your_step']).toContain(
        refused,
      );
      expect((await read(world, id)).version).toBe(version + 1);
    },
  },
  {
    name: 'nobody approves twice, their own request, or after losing the role (A2)',
    async play(world) {
      const operator = { role: 'operator', departmentId: null } as const;
      const [head, applicant] = [inDepartment(world, 'head'), inDepartment(world, 'applicant')];
      const id = await submitted(world, newWish(world));

      const both = await give(world, 'rsj-applicant', [applicant, head]);
      expect(both).toMatchObject({ error: { code: 'access.role_conflict' } });
      done(await give(world, 'rsj-applicant', [head]));
      const own = await decide(world, 'rsj-applicant', { id });
      expect(own).toMatchObject({ error: { code: 'approval.own_request' } });
      done(await give(world, 'rsj-applicant', [applicant]));

      done(await give(world, 'rsj-head', []));
      const former = await decide(world, 'rsj-head', { id });
      expect(former).toMatchObject({ error: { code: 'access.not_found' } });
      expect((await read(world, id)).state).toBe('in_review');

      done(await give(world, 'rsj-head', [head]));
      done(await decide(world, 'rsj-head', { id }));
      done(await give(world, 'rsj-head', [operator]));
      const twice = await decide(world, 'rsj-head', { id });
      expect(twice).toMatchObject({ error: { code: 'approval.twice' } });
      done(await give(world, 'rsj-head', [head]));
      done(await decide(world, 'operator', { id }));
      await reached(world, id, 'fulfilled');
    },
  },
  {
    name: "another department's id answers like one that does not exist",
    async play(world) {
      const wish = newWish(world);
      const id = await submitted(world, wish);
      const { version } = await read(world, id);
      const nowhere = world.deps.ids.next('quotaRequest');
      const call = await callOf(world, 'wjw-applicant');
      const content = contentOf(world, wish);
      const foreign = {
        ...contentOf(world, { ...wish, system: wish.system.replace('rsj', 'wjw') }),
      };
      const noSystem = world.deps.ids.next('system');
      const key = () => world.deps.ids.next('httpRequest');
      const asked = {
        read: (of: string) => getRequest(world.deps, call, { id: of }),
        withdraw: (of: string) =>
          withdrawRequest(world.deps, call, { id: of, version, reason: '' }),
        edit: (of: string) => saveDraft(world.deps, call, { id: of, version, content: foreign }),
      };
      for (const ask of Object.values(asked)) {
        const [theirs, none] = [await ask(id), await ask(nowhere)];
        expect(theirs).toMatchObject({ ok: false, error: { code: 'access.not_found' } });
        expect(theirs).toEqual(none);
      }
      const submitFor = (systemId: string) =>
        submitRequest(world.deps, call, {
          id: null,
          version: null,
          content: { ...content, systemId },
          idempotencyKey: key(),
        });
      const theirs = await submitFor(content.systemId);
      expect(theirs).toMatchObject({ ok: false, error: { code: 'access.not_found' } });
      expect(theirs).toEqual(await submitFor(noSystem));
      const decided = await decide(world, 'wjw-head', { id });
      expect(decided).toMatchObject({ error: { code: 'access.not_found' } });
    },
  },
];
