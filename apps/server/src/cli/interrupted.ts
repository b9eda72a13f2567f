import { exit } from './exit.ts';

/**
 * Resolves with the first Ctrl-C or termination from now on. Called before anything is started: what dies of the
 * signal itself leaves its children behind. Whoever presses a third time does not want to wait for them any longer.
 */
export function interrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let times = 0;
  const hear = (): void => {
    times += 1;
    resolve();
    if (times > 2) process.exit(exit.interrupted);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hear);
  return promise;
}
