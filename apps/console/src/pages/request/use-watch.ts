import { createEffect, createSignal, onCleanup } from 'solid-js';
import { useQueryClient } from '@tanstack/solid-query';
import { api } from '../../api/client.ts';

const burstMilliseconds = 80;

/**
 * Follows one request. The link of the client reconnects and resumes after the last event it saw,
 * so nothing is missed; each event says that what is on screen has a successor.
 */
export function useWatch(id: () => string) {
  const queries = useQueryClient();
  const [connected, setConnected] = createSignal(false);
  createEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAgain = () => {
      clearTimeout(timer);
      // Events come in bursts, at first all that ever happened: one reading serves them all.
      timer = setTimeout(
        () => void queries.invalidateQueries({ queryKey: ['requests.get'] }),
        burstMilliseconds,
      );
    };
    const subscription = api.requests.watch.subscribe(
      { id: id() },
      {
        onStarted: () => setConnected(true),
        onData: () => {
          setConnected(true);
          readAgain();
        },
        onConnectionStateChange: (connection) => setConnected(connection.state === 'pending'),
        // Reading every few seconds goes on without the subscription; the page says that it is not live.
        onError: () => setConnected(false),
      },
    );
    onCleanup(() => {
      clearTimeout(timer);
      subscription.unsubscribe();
    });
  });
  return { connected };
}
