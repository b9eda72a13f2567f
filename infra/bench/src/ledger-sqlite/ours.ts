import type { Call, Deps } from '@yunheng/application/deps';
import { submitRequest, type SubmitInput } from '@yunheng/application/requests/submit';
import { documentsInForce } from '@yunheng/db/queries/catalog';
import { cloudNodes } from '@yunheng/db/queries/estate';
import { departmentsByCodes, findUserByUsername } from '@yunheng/db/queries/identity';
import { allSystems } from '@yunheng/db/queries/systems';
import { wholeProvince } from '@yunheng/db/scope';
import type { ItemBody } from '@yunheng/domain/catalog/item';
import type { LineContent } from '@yunheng/domain/quota/request';
import { invariant } from '@yunheng/kernel/invariant';
import { applicantOf, callerCount, departmentCode, placeOf, turnsEach } from './province.ts';

/** Somebody who submits one request after the other, as the API would let them. */
export interface Caller {
  readonly call: Call;
  readonly input: (turn: number) => SubmitInput;
}

export async function callersOf(deps: Deps): Promise<Caller[]> {
  const systems = await allSystems(deps.store, wholeProvince);
  const systemIds = new Map(systems.map(({ code, id }) => [code, id]));
  const line = await lineOf(deps);
  return Promise.all(
    Array.from({ length: callerCount }, async (_none, index): Promise<Caller> => {
      const [department] = await departmentsByCodes(deps.store, [departmentCode(index)]);
      const user = await findUserByUsername(deps.store, applicantOf(index));
      invariant(department && user, 'the province was seeded');
      const { tenantId, id: departmentId } = department;
      return {
        call: {
          actor: {
            userId: user.id,
            displayName: user.displayName,
            tenantIds: [tenantId],
            grants: [{ role: 'applicant', departmentId }],
            via: 'session',
            scopes: null,
          },
          httpRequestId: deps.ids.next('httpRequest'),
          source: '127.0.0.1',
        },
        input: (turn) => {
          const { system, environment } = placeOf(index, turn);
          return {
            id: null,
            version: null,
            content: {
              kind: 'new',
              systemId: systemIds.get(system) ?? '',
              environment,
              allocationId: null,
              reason: 'Load of the evening peak',
              lines: [line],
            },
            idempotencyKey: `bench-${index}-${turn}`,
          };
        },
      };
    }),
  );
}

/** One hold on the one pool. */
async function lineOf(deps: Deps): Promise<LineContent> {
  const [item] = await documentsInForce(deps.store, 'catalog_item', deps.clock.business());
  const [node] = await cloudNodes(deps.store);
  invariant(item && node, 'the province was seeded');
  const { resource, step } = item.body as ItemBody; // seeded by this bench
  return {
    itemVersionId: item.id,
    resource,
    cloudNodeId: node.id,
    arch: 'x86-64',
    poolClass: 'general',
    amount: step,
  };
}

/** Every caller has one call under way until it has submitted in every one of its places; returns how many were accepted. */
export async function submitAll(deps: Deps, callers: readonly Caller[]): Promise<number> {
  let accepted = 0;
  await Promise.all(
    callers.map(async ({ call, input }) => {
      for (let turn = 0; turn < turnsEach; turn += 1) {
        const outcome = await submitRequest(deps, call, input(turn));
        if (outcome.ok) accepted += 1;
      }
    }),
  );
  return accepted;
}
