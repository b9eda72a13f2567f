import { describe, expect, test } from 'vitest';
import { readArguments } from './read-arguments.ts';

const options = { port: { type: 'string' }, fresh: { type: 'boolean' } } as const;
const read = (args: readonly string[], locale: 'zh-CN' | 'en' = 'en') =>
  readArguments({ options }, args, locale);

describe('what was typed after a verb', () => {
  test('is its words and its options, wherever they stand', () => {
    expect(read(['one', '--port', '80', '--json', '-', '--fresh'])).toEqual({
      words: ['one', '-'],
      options: { port: '80', json: true, fresh: true },
    });
    expect(read(['--port=-1', '--', '--fresh'])).toEqual({
      words: ['--fresh'],
      options: { port: '-1' },
    });
  });

  test.each([
    [['--bogus'], 'There is no option --bogus. Known: --json, --help, --port, --fresh.'],
    [['-x'], 'There is no option -x. Known: --json, --help, --port, --fresh.'],
    [['--constructor'], 'There is no option --constructor.'],
    [['--port'], 'The option --port needs a value.'],
    [['--port', '--fresh'], 'The option --port needs a value.'],
    [['--fresh=yes'], 'The option --fresh takes no value.'],
  ])('is refused with what would be right: %j', (args, text) => {
    expect(read(args)).toContain(text);
  });

  test.each([[['--bogus']], [['--port']], [['--fresh=yes']]])(
    'is refused in the language of the terminal: %j',
    (args) => {
      expect(read(args, 'zh-CN')).toMatch(/[一-龥]/u);
      expect(read(args, 'zh-CN')).not.toMatch(/option|argument/iu);
    },
  );
});
