import { runDemo } from '../demo/run.ts';
import type { Verb } from './verb.ts';

export const verb: Verb = {
  usage: '[--once] [--fresh] [--no-clusters] [--port PORT] [--json]',
  options: {
    once: { type: 'boolean' },
    fresh: { type: 'boolean' },
    'no-clusters': { type: 'boolean' },
    port: { type: 'string' },
  },
  run: runDemo,
};
