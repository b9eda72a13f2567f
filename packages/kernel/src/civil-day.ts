import type { Instant } from './clock.ts';

const dayMs = 86_400_000;
/** China has had one offset without daylight saving since 1991. */
const shanghaiOffsetMs = 8 * 3_600_000;

/** Number of the day since 1970-01-01 on a wall calendar in Shanghai. */
export const shanghaiDay = (at: Instant): number => Math.floor((at + shanghaiOffsetMs) / dayMs);

/** Midnight in Shanghai with which the day begins; the day before ends there, half-open. */
export const startOfShanghaiDay = (day: number): Instant => day * dayMs - shanghaiOffsetMs;

/** `2026-11-24`. */
export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
