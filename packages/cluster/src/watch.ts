import { setTimeout as pause } from 'node:timers/promises';
import { AdapterError } from '@yunheng/kernel/errors';
import { listAll, type Transport } from './transport.ts';

/** What a watched object needs to be recognised. */
export interface Watched {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly resourceVersion?: string;
  };
}

export interface WatchSource {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

export interface WatchHandler<T> {
  /** The whole truth after a list: what is not in it is gone. */
  replaced(items: readonly T[]): void;
  changed(item: T): void;
  removed(item: T): void;
}

interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T;
}

/** Bookmarks come about once a minute; a stream silent for longer is dead. */
const silenceMs = 90_000;
const restMs = 1_000;

/**
 * List, then watch, then again, until stopped: the library's informers stop for good and its Watch ends every
 * 30 s. Errors never leave the loop; who waits on it also asks by itself now and then.
 */
export function watchForever<T extends Watched>(
  transport: Transport,
  source: WatchSource,
  handler: WatchHandler<T>,
): () => Promise<void> {
  const stop = new AbortController();
  const loop = async (): Promise<void> => {
    let version = '';
    while (!stop.signal.aborted) {
      try {
        if (version === '') {
          const list = await listAll<T>(transport, source.path, source.query);
          handler.replaced(list.items);
          version = list.resourceVersion;
        }
        version = await follow({ transport, source, handler, version, signal: stop.signal });
      } catch (error) {
        if (stop.signal.aborted) return;
        if (expired(error)) version = '';
      }
      // At least a second between connections: a flapping apiserver is not helped by a storm.
      await pause(restMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    }
  };
  const running = loop();
  return async () => {
    stop.abort();
    await running;
  };
}

interface Follow<T> {
  readonly transport: Transport;
  readonly source: WatchSource;
  readonly handler: WatchHandler<T>;
  readonly version: string;
  readonly signal: AbortSignal;
}

/** Reads one stream to its end; answers with the version to go on from, empty when a list is needed. */
async function follow<T extends Watched>({
  transport,
  source,
  handler,
  version,
  signal,
}: Follow<T>): Promise<string> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  timer.unref();
  try {
    const stream = await transport.stream(
      {
        method: 'GET',
        path: source.path,
        query: {
          ...source.query,
          watch: '1',
          allowWatchBookmarks: 'true',
          resourceVersion: version,
          timeoutSeconds: '600',
        },
      },
      AbortSignal.any([signal, silence.signal]),
    );
    let last = version;
    for await (const event of lines<WatchEvent<T>>(stream)) {
      timer.refresh();
      if (event.type === 'ERROR') return '';
      last = event.object.metadata?.resourceVersion ?? last;
      if (event.type === 'DELETED') handler.removed(event.object);
      else if (event.type !== 'BOOKMARK') handler.changed(event.object);
    }
    return last;
  } finally {
    clearTimeout(timer);
  }
}

const expired = (error: unknown): boolean =>
  error instanceof AdapterError && error.params['status'] === 410;

async function* lines<T>(stream: AsyncIterable<Uint8Array>): AsyncGenerator<T> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') yield JSON.parse(part) as T; // the apiserver's own frames
  }
}
