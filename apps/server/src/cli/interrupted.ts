import { exit } from './exit.ts';

export interface Interruption {
  /** Resolves with the first Ctrl-C or termination. */
  readonly heard: Promise<void>;
  /**
   * What the start answers; null when it failed after Ctrl-C. A terminal signals the whole group, and a server that
   * was being started may have died of it before it had a group of its own.
   */
  orNull<T>(starting: Promise<T>): Promise<T | null>;
}

/**
 * Listens from now on. Called before anything is started: what dies of the signal itself leaves its children behind.
 * Whoever presses a third time does not want to wait for them any longer.
 */
export function interrupted(): Interruption {
  const { promise, resolve } = Promise.withResolvers<void>();
  let times = 0;
  const hear = (): void => {
    times += 1;
    resolve();
    if (times > 2) process.exit(exit.interrupted);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hear);
  return {
    heard: promise,
    async orNull(starting) {
      try {
        return await starting;
      } catch (error) {
        if (times === 0) throw error;
        return null;
      }
    },
  };
}
