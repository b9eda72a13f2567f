import { importProvince, type ImportedProvince } from '@yunheng/application/estate/import-province';
import { hostCall } from '@yunheng/application/identity/system-call';
import { sm3Hex } from '@yunheng/db/sm3';
import { translate } from '@yunheng/messages/translate';
import { compose } from '../compose.ts';
import { inWordsOfFile, readProvince } from '../province/province-file.ts';
import { sayDifferences } from '../province/say-differences.ts';
import { exit, type ExitCode } from './exit.ts';
import { readInputBytes } from './input-file.ts';
import { refuse, usage } from './outcome.ts';
import type { Terminal } from './terminal.ts';
import { flagOption, type Verb } from './verb.ts';

/**
 * Registers what a file names and is not there yet: departments with their entitlement, systems, cloud nodes, clusters,
 * pools, policies, catalogue, calendar. What exists stays as it is, and is listed where the file says it otherwise;
 * `--change` takes over entitlements and overcommits. Opens the store itself, while nothing serves.
 */
export const verb: Verb = {
  usage: 'FILE|- [--change] [--json]',
  options: { change: { type: 'boolean' } },
  async run(invocation) {
    const { config, terminal, words } = invocation;
    const [path] = words;
    if (path === undefined) return usage(terminal, `yunheng province import ${verb.usage}`);
    const content = readInputBytes(terminal, path);
    if (content === null) return exit.usage;
    const province = readProvince(content.toString('utf8'));
    if (!province.ok) return refuse(terminal, province.error);
    const composition = await compose(config);
    try {
      const done = await importProvince(composition.deps, hostCall, {
        province: province.value,
        sm3: sm3Hex(content),
        change: flagOption(invocation, 'change'),
      });
      return done.ok ? say(terminal, done.value) : refuse(terminal, done.error);
    } finally {
      await composition.close();
    }
  },
};

/** A file that says otherwise what is registered is a finding: whoever wrote it may believe that it holds. */
function say(
  terminal: Terminal,
  { rows, changed, differences: found }: ImportedProvince,
): ExitCode {
  const differences = found.map(inWordsOfFile);
  terminal.answer({ rows, changed, differences });
  terminal.say(translate(terminal.locale, 'cli.provinceImported', { rows }));
  if (changed > 0) terminal.say(translate(terminal.locale, 'cli.provinceChanged', { changed }));
  if (differences.length === 0) return exit.ok;
  for (const line of sayDifferences(terminal.locale, differences)) terminal.say(line);
  return exit.finding;
}
