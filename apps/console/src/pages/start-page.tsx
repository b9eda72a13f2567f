import type { JSX } from 'solid-js';
import { Navigate } from '@solidjs/router';
import { startOf } from '../layout/navigation.ts';
import { useReader } from '../layout/reader.ts';

/** `/` has no content of its own: everybody starts where their role works. */
export function StartPage(): JSX.Element {
  const reader = useReader();
  return <Navigate href={startOf(reader())} />;
}
