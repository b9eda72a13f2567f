import { serve } from '../serve.ts';
import { exit } from './exit.ts';
import { textOption, type Verb } from './verb.ts';

export const verb: Verb = {
  usage: '[--port PORT]',
  options: { port: { type: 'string' } },
  async run(invocation) {
    const { config, terminal } = invocation;
    const port = textOption(invocation, 'port');
    const running = await serve(port === null ? config : { ...config, port: Number(port) });
    terminal.say(`云衡 Yunheng  ${running.url}`);
    terminal.answer({ url: running.url, pid: process.pid });
    await interrupted();
    await running.close();
    return exit.ok;
  },
};

function interrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  return promise;
}
