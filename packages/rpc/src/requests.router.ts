import { restoreRelease } from '@yunheng/application/provisioning/restore-release';
import { retryTask } from '@yunheng/application/provisioning/retry-task';
import { decideRequest } from '@yunheng/application/requests/decide';
import { discardDraft, saveDraft } from '@yunheng/application/requests/drafts';
import { getRequest } from '@yunheng/application/requests/get-request';
import { listInbox, listRequests } from '@yunheng/application/requests/list-requests';
import { previewRequest } from '@yunheng/application/requests/preview';
import { submitRequest } from '@yunheng/application/requests/submit';
import { withdrawRequest } from '@yunheng/application/requests/withdraw';
import { done, pageOf } from './contract/common.ts';
import * as contract from './contract/requests.ts';
import { unwrap } from './errors.ts';
import { signedIn } from './ladder.ts';
import { t } from './trpc.ts';
import { watchRequest } from './watch.ts';

const requestsPage = pageOf(contract.requestRow);

export const requestsRouter = t.router({
  list: signedIn('requests.list', ['GET', '/requests', 'Requests that the reader may see'])
    .input(contract.requestsList.input)
    .output(requestsPage)
    .query(async ({ ctx, input }) => unwrap(await listRequests(ctx.deps, ctx.call, input))),

  inbox: signedIn('requests.inbox', ['GET', '/requests/inbox', 'What waits for the reader, or did'])
    .input(contract.inboxList.input)
    .output(requestsPage)
    .query(async ({ ctx, input }) => unwrap(await listInbox(ctx.deps, ctx.call, input))),

  get: signedIn('requests.get', ['GET', '/requests/{id}', 'One request with everything about it'])
    .input(contract.requestDetail.input)
    .output(contract.requestDetail.output)
    .query(async ({ ctx, input }) => unwrap(await getRequest(ctx.deps, ctx.call, input))),

  preview: signedIn('requests.preview', [
    'POST',
    '/requests/preview',
    'The effect of a content before it is submitted; nothing is written',
  ])
    .input(contract.preview.input)
    .output(contract.preview.output)
    .query(async ({ ctx, input }) => unwrap(await previewRequest(ctx.deps, ctx.call, input))),

  saveDraft: signedIn('requests.saveDraft', ['PUT', '/drafts', 'Make or keep a draft'])
    .input(contract.saveDraft.input)
    .output(contract.saveDraft.output)
    .mutation(async ({ ctx, input }) => unwrap(await saveDraft(ctx.deps, ctx.call, input))),

  discardDraft: signedIn('requests.discardDraft', ['DELETE', '/drafts/{id}', 'Give up a draft'])
    .input(contract.discardDraft.input)
    .output(done)
    .mutation(async ({ ctx, input }) => unwrap(await discardDraft(ctx.deps, ctx.call, input))),

  submit: signedIn('requests.submit', ['POST', '/requests', 'Submit; capacity and quota are held'])
    .input(contract.submit.input)
    .output(contract.submit.output)
    .mutation(async ({ ctx, input }) => unwrap(await submitRequest(ctx.deps, ctx.call, input))),

  withdraw: signedIn('requests.withdraw', ['POST', '/requests/{id}/withdrawal', 'Take it back'])
    .input(contract.withdraw.input)
    .output(done)
    .mutation(async ({ ctx, input }) => unwrap(await withdrawRequest(ctx.deps, ctx.call, input))),

  decide: signedIn('requests.decide', [
    'POST',
    '/requests/{id}/decision',
    'Approve, return or reject at the current step',
  ])
    .input(contract.decide.input)
    .output(contract.decide.output)
    .mutation(async ({ ctx, input }) => unwrap(await decideRequest(ctx.deps, ctx.call, input))),

  retry: signedIn('requests.retry', ['POST', '/requests/{id}/retry', 'Try provisioning again'])
    .input(contract.retry.input)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      unwrap(await retryTask(ctx.deps, ctx.call, input));
      return { ok: true };
    }),

  restore: signedIn('requests.restore', [
    'POST',
    '/requests/{id}/restoration',
    'Take a release back while its namespace is suspended',
  ])
    .input(contract.restore.input)
    .output(done)
    .mutation(async ({ ctx, input }) => unwrap(await restoreRelease(ctx.deps, ctx.call, input))),

  watch: signedIn('requests.watch', null)
    .input(contract.watch.input)
    .subscription(({ ctx, input, signal }) => watchRequest(ctx, input, signal)),
});
