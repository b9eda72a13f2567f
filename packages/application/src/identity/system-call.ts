import type { Call } from '../deps.ts';

/** Acts of the installation itself: first start, seeds, deadlines. */
export const systemCall: Call = {
  actor: {
    userId: 'system',
    displayName: 'system',
    tenantIds: [],
    grants: [],
    via: 'system',
    scopes: null,
  },
  httpRequestId: '',
  source: 'system',
};

/** What somebody does on the host itself, whom the product does not know: a verb of the terminal on the home. */
export const hostCall: Call = { ...systemCall, source: 'cli' };
