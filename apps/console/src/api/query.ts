import { keepPreviousData, useQuery } from '@tanstack/solid-query';
import type { UseQueryResult } from '@tanstack/solid-query';
import { failureOf } from './failure.ts';
import type { Failure } from './failure.ts';

export type Query<T> = UseQueryResult<T>;

export type ProcedureOptions<I, T> = {
  /** Name of the procedure: the key under which it is invalidated. */
  name: string;
  /** Undefined means: not yet, something it needs is missing. */
  input: () => I | undefined;
  call: (input: I, options: { signal: AbortSignal }) => Promise<T>;
  /** Read again this often while the page is visible. */
  everyMilliseconds?: number;
};

const retryable: readonly Failure['kind'][] = ['unavailable', 'network'];

/** One procedure as a reactive value. Rows on screen stay until their successors arrive. */
export function useProcedure<I, T>(options: ProcedureOptions<I, T>): Query<T> {
  return useQuery(() => {
    const input = options.input();
    return {
      queryKey: [options.name, input],
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        if (input === undefined)
          throw new Error(`${options.name}: called before its input was there`);
        return options.call(input, { signal });
      },
      enabled: input !== undefined,
      placeholderData: keepPreviousData,
      staleTime: 5_000,
      refetchInterval: options.everyMilliseconds ?? false,
      retry: (count: number, error: Error) =>
        count < 2 && retryable.includes(failureOf(error).kind),
    };
  });
}

/** The value if it is there. Reading it while it is not would suspend the page around it. */
export function valueOf<T>(query: Query<T>): T | undefined {
  return query.isPending ? undefined : query.data;
}
