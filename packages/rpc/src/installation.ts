import type { z } from 'zod';
import type { systemStatus } from './contract/auth.ts';

export type SystemStatus = z.output<typeof systemStatus.output>;

/** What the process knows about itself and no table says. */
export interface Installation {
  readonly profile: SystemStatus['profile'];
  readonly version: string;
  /** State of the clusters as the process sees them, for the strip at the top of the console. */
  clusters(): Promise<SystemStatus['clusters']>;
  /** Standing allocations of the demo that are still to be provisioned. */
  backlog(): Promise<number>;
}
