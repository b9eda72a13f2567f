import type { World } from './world.ts';

/** One thing that happens to people, told once and played in every world of the matrix. */
export interface Story {
  readonly name: string;
  play(world: World): Promise<void>;
}
