import { listAudit } from '@yunheng/application/audit/list-audit';
import { checkLaws } from '@yunheng/application/audit/verify/verify-laws';
import { verifyAudit } from '@yunheng/application/audit/verify-audit';
import { auditList, auditRow, auditVerify, verify } from './contract/audit.ts';
import { pageOf } from './contract/common.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { t } from './trpc.ts';

const auditPage = pageOf(auditRow);

export const auditRouter = t.router({
  list: signedIn('audit.list', ['GET', '/audit', 'Audit entries, newest first'])
    .input(auditList.input)
    .output(auditPage)
    .query(async ({ ctx, input }) => unwrap(await listAudit(ctx.deps, ctx.call, input))),

  verify: signedIn('audit.verify', ['GET', '/audit/verification', 'Walk the chain of the audit'])
    .input(auditVerify.input)
    .output(auditVerify.output)
    .query(async ({ ctx }) => unwrap(await verifyAudit(ctx.deps, ctx.call))),

  laws: signedIn('audit.laws', ['GET', '/laws', 'Check the laws on the live system'])
    .input(verify.input)
    .output(verify.output)
    .query(async ({ ctx }) => unwrap(await checkLaws(ctx.deps, ctx.call))),
});
