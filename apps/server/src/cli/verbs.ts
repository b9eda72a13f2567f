import type { Verb } from './verb.ts';

/** Loaded when called: `yunheng request list` does not wait for the server's modules. */
const verbs: Readonly<Record<string, () => Promise<{ verb: Verb }>>> = {
  demo: () => import('./demo.ts'),
  serve: () => import('./serve.ts'),
  init: () => import('./init.ts'),
};

export interface FoundVerb {
  readonly name: string;
  readonly verb: Verb;
  readonly rest: readonly string[];
}

/** The longest name that the arguments begin with: `request list` before `request`. */
export async function findVerb(args: readonly string[]): Promise<FoundVerb | null> {
  for (const length of [2, 1]) {
    const name = args.slice(0, length).join(' ');
    const load = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (load === undefined) continue;
    const { verb } = await load();
    return { name, verb, rest: args.slice(length) };
  }
  return null;
}

export function usageText(): string {
  const names = Object.keys(verbs).map((name) => `  yunheng ${name}`);
  return ['yunheng VERB [--json] [--help]', '', ...names].join('\n');
}
