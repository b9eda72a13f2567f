import type { AppRouter } from '@yunheng/rpc/router';
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
} from '@trpc/client';

const url = '/trpc';

let csrfToken = '';

/** Given at sign-in and with every reading of the session; every mutation carries it. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

const headers = () => (csrfToken === '' ? {} : { 'x-yunheng-csrf': csrfToken });

/** Content of a form is too long for an address: such a query is sent by POST. */
export const byPost = { context: { byPost: true } };

export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: splitLink({
        condition: (operation) => operation.context['byPost'] === true,
        true: httpLink({ url, headers, methodOverride: 'POST' }),
        // The server refuses more than ten calls at once.
        false: httpBatchLink({ url, headers, maxItems: 10, maxURLLength: 4_000 }),
      }),
    }),
  ],
});
