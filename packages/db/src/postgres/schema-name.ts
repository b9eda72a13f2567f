import { invariant } from '@yunheng/kernel/invariant';

/** Where the tables are unless somebody says otherwise. */
export const publicSchema = 'public';

/** An identifier cannot be a parameter of a statement: only plain names are let in. */
export function quoted(name: string): string {
  invariant(/^[a-z_][a-z0-9_]{0,62}$/u.test(name), 'a name in the database is plain');
  return `"${name}"`;
}
