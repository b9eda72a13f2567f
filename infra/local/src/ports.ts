import { createServer, type Server } from 'node:net';

export type Ports = { readonly apiserver: number; readonly kwok: number; readonly metrics: number };

const loopback = '127.0.0.1';

/** Holds a loopback port; undefined when somebody else has it. */
function hold(port: number): Promise<{ port: number; server: Server } | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host: loopback, port, exclusive: true }, () => {
      const address = server.address();
      resolve(
        typeof address === 'object' && address !== null
          ? { port: address.port, server }
          : undefined,
      );
    });
  });
}

/**
 * The ports of last time where they are still free, other free ones where not. All are held until
 * the last is chosen, so that two members cannot be given the same one.
 */
export async function choosePorts(previous: Partial<Ports> | undefined): Promise<Ports> {
  const held: Server[] = [];
  const choose = async (wanted: number | undefined): Promise<number> => {
    const got = (wanted === undefined ? undefined : await hold(wanted)) ?? (await hold(0));
    if (got === undefined) throw new Error('the system gave no free loopback port');
    held.push(got.server);
    return got.port;
  };
  try {
    const apiserver = await choose(previous?.apiserver);
    const kwok = await choose(previous?.kwok);
    return { apiserver, kwok, metrics: await choose(previous?.metrics) };
  } finally {
    await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  }
}
