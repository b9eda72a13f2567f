/** Epoch milliseconds, UTC. The only representation of an instant inside the product. */
export type Instant = number;

/**
 * The only source of time (design 7, Business time). `business` is what facts are dated with:
 * real time plus an offset that is zero in production. Sessions, leases and sealing use `real`.
 */
export interface Clock {
  business(): Instant;
  real(): Instant;
}
