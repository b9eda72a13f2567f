import { writeProvince } from '../province/province-file.ts';
import { mapGuangdong } from '../demo/guangdong.ts';
import { exit } from './exit.ts';
import type { Verb } from './verb.ts';

/** The demo's province as a file to start from: `yunheng province example > province.json`. */
export const verb: Verb = {
  usage: '',
  options: {},
  async run() {
    process.stdout.write(writeProvince(mapGuangdong({ graceDays: null })));
    return exit.ok;
  },
};
