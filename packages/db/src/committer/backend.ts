import type { Facts, Wanted } from './facts.ts';
import type { Plan } from './plan.ts';

/** The two databases behind the committer. */
export interface Backend {
  /** One transaction: reads what is wanted under lock, lets `decide` judge, writes the plan. Throws a fault, or all is durable. */
  transact(wanted: Wanted, decide: (facts: Facts) => Plan): Promise<Plan>;
}
