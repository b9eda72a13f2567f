import { requestById } from '@yunheng/db/queries/requests';
import { taskFacts } from '@yunheng/db/queries/provisioning';
import { wholeProvince } from '@yunheng/db/scope';
import type { Role } from '@yunheng/domain/identity/roles';
import { openProvisioningWorld, type ProvisioningWorld } from '@yunheng/testkit/provisioning-world';
import { place } from '@yunheng/testkit/provisioning-rows';
import { afterEach, describe, expect, test } from 'vitest';
import type { Call } from '../deps.ts';
import { issueKubeconfig } from './issue-kubeconfig.ts';
import { retryTask } from './retry-task.ts';

const amounts = { cpu: 1000, memory: 1024 };
let world: ProvisioningWorld;
afterEach(() => world.close());

const callOf = (role: Role, departmentId: string | null): Call => ({
  actor: {
    userId: `usr_${role}`,
    displayName: role,
    tenantIds: departmentId === place.department ? [place.tenant] : [],
    grants: [{ role, departmentId }],
    via: 'session',
    scopes: null,
  },
  httpRequestId: 'req_1',
  source: '127.0.0.1',
});
const audits = () => world.deps.store.read.select().from(world.deps.store.tables.auditEntries);
const stateOf = async (taskId: string) => (await taskFacts(world.deps.store, taskId))?.task.state;

describe('kubeconfig', () => {
  const ask = (call: Call, allocationId: string) =>
    issueKubeconfig({ ...world.deps, clusters: world.clusters }, call, {
      allocationId,
      minutes: 60,
    });

  test('the department’s person gets one for an hour; the trail knows who, the store never what', async () => {
    world = await openProvisioningWorld();
    const { allocationId } = await world.approve({ kind: 'new', amounts });
    await world.settle();
    const issued = await ask(callOf('applicant', place.department), allocationId);
    expect(issued.ok).toBe(true);
    if (!issued.ok) return;
    expect(issued.value.kubeconfig).toContain('token: "token-of-usr_applicant-');
    expect(issued.value.kubeconfig).toContain('namespace: "yh-rsj-jyfw-prod"');
    expect(issued.value.expiresAt - Date.now()).toBeLessThanOrEqual(3_600_000);
    const trail = JSON.stringify(await audits());
    expect(trail).toContain('access.kubeconfig');
    expect(trail).not.toContain('token-of-usr_applicant');
  });

  test('somebody else’s and an unknown allocation read the same, and the refusal is audited', async () => {
    world = await openProvisioningWorld();
    const { allocationId } = await world.approve({ kind: 'new', amounts });
    await world.settle();
    const stranger = callOf('applicant', 'dep_other');
    const foreign = await ask(stranger, allocationId);
    const unknown = await ask(stranger, 'alc_unknown');
    expect(foreign).toMatchObject({ ok: false, error: { code: 'access.not_found' } });
    expect(unknown).toEqual(foreign);
    const refused = (await audits()).filter((entry) => entry.outcome === 'refused');
    expect(refused).toHaveLength(2);
    expect(world.cluster.world.effects.some((effect) => effect.startsWith('grant'))).toBe(false);
  });

  test('a namespace that is not in force yet opens for nobody (P3)', async () => {
    world = await openProvisioningWorld();
    const { allocationId } = await world.approve({ kind: 'new', amounts });
    expect(await ask(callOf('applicant', place.department), allocationId)).toMatchObject({
      ok: false,
      error: { code: 'allocation.not_active' },
    });
  });
});

describe('retry and the deletion breaker', () => {
  const retry = async (requestId: string, call = callOf('operator', null)) => {
    const request = await requestById(world.deps.store, wholeProvince, requestId);
    return retryTask(world.deps, call, { id: requestId, version: request?.version ?? 0 });
  };

  test('what an operator has mended goes on from where it stood', async () => {
    world = await openProvisioningWorld();
    world.cluster.world.createNamespace('yh-rsj-jyfw-prod');
    const { taskId, requestId } = await world.approve({ kind: 'new', amounts });
    await world.settle();
    expect(await stateOf(taskId)).toBe('failed');
    expect(await retry(requestId, callOf('applicant', place.department))).toMatchObject({
      ok: false,
      error: { code: 'access.forbidden' },
    });
    world.cluster.world.removeNamespace('yh-rsj-jyfw-prod');
    expect(await retry(requestId)).toMatchObject({ ok: true });
    await world.settle();
    expect(await stateOf(taskId)).toBe('done');
    expect(await retry(requestId)).toMatchObject({
      ok: false,
      error: { code: 'request.wrong_state' },
    });
  });

  test('a stale page cannot retry', async () => {
    world = await openProvisioningWorld();
    world.cluster.world.createNamespace('yh-rsj-jyfw-prod');
    const { requestId } = await world.approve({ kind: 'new', amounts });
    await world.settle();
    const outcome = await retryTask(world.deps, callOf('operator', null), {
      id: requestId,
      version: 1,
    });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'request.stale' } });
  });

  test('the eleventh deletion within an hour waits for a person, whose retry lets it through (P8)', async () => {
    world = await openProvisioningWorld();
    const failed: { requestId: string; taskId: string }[] = [];
    for (let index = 0; index < 11; index++) {
      const { allocationId } = await world.approve({ kind: 'new', amounts });
      await world.settle();
      const release = await world.approve({ kind: 'release', allocationId });
      await world.settle();
      if ((await stateOf(release.taskId)) === 'failed') failed.push(release);
    }
    expect(failed).toHaveLength(1);
    const [stopped] = failed;
    if (stopped === undefined) return;
    expect((await taskFacts(world.deps.store, stopped.taskId))?.task.errorCode).toBe(
      'provisioning.mass_deletion',
    );
    expect(world.cluster.world.namespaces.size).toBe(1);
    await retry(stopped.requestId);
    await world.settle();
    expect(await stateOf(stopped.taskId)).toBe('done');
    expect(world.cluster.world.namespaces.size).toBe(0);
  });
});
