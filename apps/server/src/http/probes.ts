import type { FastifyInstance } from 'fastify';

/** One thing the process needs: null when it is there, otherwise what is missing, in a word that a person greps. */
export interface Need {
  readonly name: string;
  missing(): Promise<string | null>;
}

export function serveProbes(app: FastifyInstance, needs: readonly Need[]): void {
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const asked = await Promise.all(
      needs.map(async (need) => {
        // A need that cannot even be asked is missing.
        const what = await need.missing().catch(() => 'unreachable');
        return what === null ? [] : [{ name: need.name, what }];
      }),
    );
    const missing = asked.flat();
    reply.status(missing.length === 0 ? 200 : 503);
    return { ok: missing.length === 0, missing };
  });
}
