/**
 * The queue as the product sees it: a wake-up, never the truth. Losing all of it costs seconds, since the outbox gives
 * out again what nobody took. Behind it stands BullMQ on either backend (apps/server/jobs).
 */
export interface WakeQueue {
  /** `jobId` is unique for one hand-over and holds no colon; adding it twice is a no-op. */
  add(job: WakeJob): Promise<void>;
  /** Jobs that no worker has taken yet: the relay gives out no more than are worth waiting for. */
  waiting(): Promise<number>;
}

export interface WakeJob {
  readonly jobId: string;
  readonly taskId: string;
  readonly delayMs: number;
}
