import { useParams } from '@solidjs/router';
import { useSession } from '../api/session.tsx';
import type { Reader } from './navigation.ts';

/** Who reads, for navigation: roles, and the department of the address or else their own first one. */
export function useReader(): () => Reader {
  const session = useSession();
  const params = useParams<{ department?: string }>();
  return () => {
    const user = session.user();
    return {
      roles: (user?.roles ?? []).map((grant) => grant.role),
      departmentId: session.departments().some((department) => department.id === params.department)
        ? params.department
        : session.departments()[0]?.id,
    };
  };
}
