import { execFile } from 'node:child_process';
import { delimiter } from 'node:path';
import { ClusterToolError } from './errors.ts';
import { contextNames } from './kubeconfig.ts';
import type { Environment } from './paths.ts';

export type NamedContext = { readonly kubeconfig: string; readonly context: string };

/** Why a source was passed over or taken: a code that the caller words. */
export type SourceReason =
  | 'env-named'
  | 'env-absent'
  | 'docker-answers'
  | 'docker-missing'
  | 'docker-silent'
  | 'docker-refuses'
  | 'kind-missing'
  | 'fallback';

export type ConsideredSource = {
  readonly kind: 'contexts' | 'kind' | 'local';
  readonly taken: boolean;
  readonly reason: SourceReason;
};

export type ClusterSource = {
  readonly considered: readonly ConsideredSource[];
} & (
  | { readonly kind: 'contexts'; readonly contexts: readonly NamedContext[] }
  | { readonly kind: 'kind' }
  | { readonly kind: 'local' }
);

const dockerDeadlineMs = 3_000;

/** First that works: clusters that were named, kind, processes of our own. Starts nothing. */
export async function findClusterSource(env: Environment): Promise<ClusterSource> {
  const named = env['YUNHENG_KUBECONFIG'];
  if (named !== undefined && named.trim() !== '') {
    return {
      kind: 'contexts',
      contexts: parseNamedContexts(named),
      considered: [{ kind: 'contexts', taken: true, reason: 'env-named' }],
    };
  }
  const first = { kind: 'contexts', taken: false, reason: 'env-absent' } as const;
  const reason = await askKind(env);
  if (reason === 'docker-answers') {
    return { kind: 'kind', considered: [first, { kind: 'kind', taken: true, reason }] };
  }
  return {
    kind: 'local',
    considered: [
      first,
      { kind: 'kind', taken: false, reason },
      { kind: 'local', taken: true, reason: 'fallback' },
    ],
  };
}

/**
 * `FILE` means every context of the file, `FILE#one,two` these; several files are separated as in
 * PATH. A file that cannot be read is an error: whoever named it wants it used.
 */
export function parseNamedContexts(value: string): readonly NamedContext[] {
  const contexts = value
    .split(delimiter)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => {
      const mark = part.lastIndexOf('#');
      const kubeconfig = (mark === -1 ? part : part.slice(0, mark)).trim();
      const present = contextNames(kubeconfig);
      const wanted = mark === -1 ? present : part.slice(mark + 1).split(',');
      return wanted.map((context) => {
        if (present.includes(context)) return { kubeconfig, context };
        throw new ClusterToolError(
          'KUBECONFIG_UNUSABLE',
          { path: kubeconfig, reason: context },
          `${kubeconfig} has no context "${context}"; it has: ${present.join(', ')}`,
        );
      });
    });
  if (contexts.length > 0) return contexts;
  throw new ClusterToolError(
    'KUBECONFIG_UNUSABLE',
    { path: value, reason: '' },
    `YUNHENG_KUBECONFIG names no context: ${value}`,
  );
}

async function askKind(env: Environment): Promise<SourceReason> {
  // A docker client without an engine behind it is common, and some of them wait for ever.
  const docker = await answers('docker', ['info'], env);
  if (docker === 'missing') return 'docker-missing';
  if (docker === 'silent') return 'docker-silent';
  if (docker === 'refuses') return 'docker-refuses';
  return (await answers('kind', ['version'], env)) === 'yes' ? 'docker-answers' : 'kind-missing';
}

function answers(
  program: string,
  args: readonly string[],
  env: Environment,
): Promise<'yes' | 'missing' | 'silent' | 'refuses'> {
  return new Promise((resolve) => {
    const options = { env, timeout: dockerDeadlineMs, killSignal: 'SIGKILL' } as const;
    execFile(program, args, options, (error) => {
      if (error === null) resolve('yes');
      else if (error.code === 'ENOENT') resolve('missing');
      else if (error.killed === true) resolve('silent');
      else resolve('refuses');
    });
  });
}
