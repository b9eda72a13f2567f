import { life } from './stories/life.ts';
import { people } from './stories/people.ts';
import { review } from './stories/review.ts';
import { scarcity } from './stories/scarcity.ts';
import { trouble } from './stories/trouble.ts';
import type { Story } from './story.ts';

export const chapters: Readonly<Record<string, readonly Story[]>> = {
  'the life of an allocation': life,
  review,
  scarcity,
  trouble,
  people,
};
