import { balancesOfAccounts } from '@yunheng/db/queries/balances';
import { balancesAsOf, type AccountBalance } from '@yunheng/db/queries/ledger';
import { allocationById } from '@yunheng/db/queries/requests';
import { wholeProvince } from '@yunheng/db/scope';
import { parseAccount } from '@yunheng/domain/ledger/accounts';
import { provincialReaders } from '@yunheng/domain/identity/policy';
import type { Actor } from '@yunheng/domain/identity/roles';
import type { Instant } from '@yunheng/kernel/clock';
import { domainError } from '@yunheng/kernel/errors';
import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { permit } from '../permit.ts';
import { refuse } from '../refuse.ts';

export interface LedgerAccountInput {
  readonly account: string;
  readonly asOf?: Instant | undefined;
}

export interface LedgerAccount {
  readonly rows: AccountBalance[];
  readonly asOf: Instant | null;
}

const action = 'ledger.account';

/** Balances of one account, as of now or of an instant; summed from the entries where an instant is named. */
export async function ledgerAccount(
  deps: Deps,
  call: Call,
  input: LedgerAccountInput,
): Outcome<LedgerAccount> {
  const { store } = deps;
  const subject = { subjectKind: 'account', subjectId: input.account, tenantId: null };
  const departmentId = await departmentOf(deps, call.actor, input.account);
  const allowed = await permit(deps, call, { action, subject, facts: { departmentId } });
  if (!allowed.ok) return allowed;
  if (parseAccount(input.account) === null) {
    const error = domainError('access.not_found');
    return refuse(deps, call, { subject: { action, ...subject }, error });
  }
  if (input.asOf === undefined) {
    const rows = await balancesOfAccounts(store, [input.account]);
    return ok({ rows: rows.map(balanceView), asOf: null });
  }
  const known = deps.clock.business();
  const rows = await balancesAsOf(store, [input.account], { effective: input.asOf, known });
  return ok({ rows: rows.map(balanceView), asOf: input.asOf });
}

const balanceView = ({ account, commodity, balance }: AccountBalance): AccountBalance => ({
  account,
  commodity,
  balance,
});

/** What a pool has is for all to see who may see capacity; an allocation and a quota belong to their department. */
async function departmentOf(deps: Deps, actor: Actor, path: string): Promise<string | null> {
  const account = parseAccount(path);
  if (account === null) return null;
  if (account.book === 'quota') return account.scope === '' ? null : account.scope;
  if (account.stage === 'allocated') {
    const allocation = await allocationById(deps.store, wholeProvince, account.owner);
    return allocation?.departmentId ?? null;
  }
  const provincial = actor.grants.some(({ role }) => provincialReaders.some((one) => one === role));
  const own = actor.grants.find((grant) => grant.departmentId !== null)?.departmentId ?? null;
  return account.owner === '' && !provincial ? own : null;
}
