import { AdapterError } from '@yunheng/kernel/errors';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';

/** Listens on loopback, on both of its addresses where the machine has both; answers with the address to type. */
export async function listen(app: FastifyInstance, config: Config): Promise<string> {
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new AdapterError('server.port_in_use', {
        retryable: false,
        params: { port: config.port },
        cause: error,
      });
    }
    throw error;
  }
  const bound = app.server.address();
  // Port 0 asks for any free one.
  const port = typeof bound === 'object' && bound !== null ? bound.port : config.port;
  return config.publicOrigin ?? `http://${config.host}:${port}`;
}
