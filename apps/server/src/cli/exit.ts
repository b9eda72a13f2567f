/** Documented exit codes: scripts rely on them. */
export const exit = {
  ok: 0,
  /** The product refused, or a check found something; a check that was refused itself found nothing. */
  finding: 1,
  /** Something could not be read: no server, no store, no cluster, for a check also no right to. */
  unreadable: 2,
  usage: 64,
  /** Ctrl-C before the work was done. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exit)[keyof typeof exit];
