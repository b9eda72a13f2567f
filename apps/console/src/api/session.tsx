import { createContext, createEffect, useContext } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Role } from '@yunheng/domain/identity/roles';
import { api, setCsrfToken } from './client.ts';
import { useProcedure, valueOf } from './query.ts';
import type { Query } from './query.ts';
import type { Session } from './types.ts';

export type SessionContext = {
  query: Query<{ user: Session | null }>;
  /** Null for an anonymous reader, undefined while it is not known. */
  user: () => Session | null | undefined;
  hasRole: (...roles: readonly Role[]) => boolean;
  departments: () => readonly { id: string; name: string }[];
};

/** Where the session is kept among the readings. */
export const sessionKey = ['auth.me', {}] as const;

const Context = createContext<SessionContext>();

export function SessionProvider(props: { children: JSX.Element }): JSX.Element {
  const query = useProcedure({
    name: 'auth.me',
    input: () => ({}),
    call: (input, options) => api.auth.me.query(input, options),
    everyMilliseconds: 300_000,
  });
  const user = () => valueOf(query)?.user;
  createEffect(() => setCsrfToken(user()?.csrfToken ?? ''));
  const context: SessionContext = {
    query,
    user,
    hasRole: (...roles) => user()?.roles.some((grant) => roles.includes(grant.role)) ?? false,
    departments: () => {
      const seen = new Map(
        (user()?.roles ?? []).flatMap((grant) =>
          grant.department === null ? [] : [[grant.department.id, grant.department] as const],
        ),
      );
      return [...seen.values()];
    },
  };
  return <Context.Provider value={context}>{props.children}</Context.Provider>;
}

export function useSession(): SessionContext {
  const session = useContext(Context);
  if (session === undefined)
    throw new Error('useSession: put the component inside SessionProvider');
  return session;
}

/** Inside the frame somebody is signed in; elsewhere this is a mistake of the program. */
export function useUser(): () => Session {
  const session = useSession();
  return () => {
    const user = session.user();
    if (user === null || user === undefined) throw new Error('useUser: nobody is signed in here');
    return user;
  };
}
