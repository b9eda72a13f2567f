import type { Locale } from '@yunheng/messages/locale';
import { translate } from '@yunheng/messages/translate';
import type { Verb } from './verb.ts';

type Load = () => Promise<{ readonly verb: Verb }>;

const decision =
  (which: 'approve' | 'return' | 'reject'): Load =>
  async () => ({
    verb: (await import('./request-decide.ts')).decideVerb(which),
  });

/** Loaded when called: `yunheng request list` does not wait for the server's modules. */
const verbs: Readonly<Record<string, Load>> = {
  demo: () => import('./demo.ts'),
  serve: () => import('./serve.ts'),
  init: () => import('./init.ts'),
  'province example': () => import('./province-example.ts'),
  'province import': () => import('./province-import.ts'),
  migrate: () => import('./migrate.ts'),
  login: () => import('./login.ts'),
  'token create': () => import('./token-create.ts'),
  'token list': () => import('./token-list.ts'),
  'token revoke': () => import('./token-revoke.ts'),
  'request list': () => import('./request-list.ts'),
  'request show': () => import('./request-show.ts'),
  'request submit': () => import('./request-submit.ts'),
  'request watch': () => import('./request-watch.ts'),
  'request approve': decision('approve'),
  'request return': decision('return'),
  'request reject': decision('reject'),
  'request withdraw': () => import('./request-withdraw.ts'),
  'request restore': () => import('./request-restore.ts'),
  'system list': () => import('./system-list.ts'),
  capacity: () => import('./capacity.ts'),
  'audit verify': () => import('./audit-verify.ts'),
  verify: () => import('./verify.ts'),
  'cluster up': () => import('./cluster-up.ts'),
  'cluster down': () => import('./cluster-down.ts'),
  'cluster status': () => import('./cluster-status.ts'),
  'cluster logs': () => import('./cluster-logs.ts'),
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

/** Names only: what a verb takes is said by the verb itself, which is not loaded for this. */
export function usageText(locale: Locale): string {
  const names = Object.keys(verbs).map((name) => `  yunheng ${name}`);
  return [
    translate(locale, 'cli.usage'),
    '',
    ...names,
    '',
    translate(locale, 'cli.exitCodes'),
  ].join('\n');
}
