import { offeredIdentities } from '@yunheng/application/identity/seed-demo-identities';
import { errorText } from '@yunheng/messages/error-text';
import { dictionaries, translate } from '@yunheng/messages/translate';
import { exit, type ExitCode } from '../cli/exit.ts';
import type { Terminal } from '../cli/terminal.ts';
import type { Running } from '../serve.ts';
import { playOnce, signInCast } from './once-scenario.ts';
import type { RequestOutcome, Shown, Verification } from './once-types.ts';
import { readQuotas, type QuotaSeen } from './quota-seen.ts';

export interface OnceReport {
  readonly clusters: readonly {
    name: string;
    version: string;
    kind: string;
    nodes: number;
    kubeconfig: string;
  }[];
  readonly requests: readonly RequestOutcome[];
  readonly quotaSeen: readonly QuotaSeen[];
  readonly verify: Verification;
  readonly seconds: {
    readonly clusters: number;
    readonly requests: number;
    readonly verify: number;
    readonly total: number;
  };
}

/** The main job once, through the public API on real clusters; answers with an exit code and a report. */
export async function runOnce(of: {
  running: Running;
  terminal: Terminal;
  kind: string;
  nodes: ReadonlyMap<string, number>;
  startedAt: number;
  clustersReadyAt: number;
}): Promise<ExitCode> {
  const { running, terminal } = of;
  const { deps, clusters } = running.composition;
  const cast = await signInCast(running.url ?? '', await offeredIdentities(deps));
  const outcomes = await playOnce(cast, (shown) => terminal.say(line(terminal, shown)));
  const requestsAt = Date.now();
  const quotaSeen = await readQuotas(clusters, outcomes);
  const verify = await cast.operator.call<Verification>('GET', '/laws');
  const seconds = (from: number, to: number) => Math.round((to - from) / 100) / 10;
  const report: OnceReport = {
    clusters: clusters.entries().map(({ name, running: up }) => ({
      name,
      version: up?.version ?? '',
      kind: of.kind,
      nodes: of.nodes.get(name) ?? 0,
      kubeconfig: up?.kubeconfigAdmin ?? '',
    })),
    requests: outcomes,
    quotaSeen,
    verify,
    seconds: {
      clusters: seconds(of.startedAt, of.clustersReadyAt),
      requests: seconds(of.clustersReadyAt, requestsAt),
      verify: seconds(requestsAt, Date.now()),
      total: seconds(of.startedAt, Date.now()),
    },
  };
  tell(terminal, report);
  terminal.answer(report);
  return carried(outcomes) && verify.ok ? exit.ok : verify.ok ? exit.finding : exitOf(verify);
}

/** Everything that should pass has passed, and what should be refused was refused. */
const carried = (outcomes: readonly RequestOutcome[]): boolean =>
  outcomes.length >= 4 &&
  outcomes.filter(({ state }) => state === 'refused').length === 1 &&
  outcomes.every(({ state }) => state === 'fulfilled' || state === 'refused');

export const exitOf = (verify: Verification): ExitCode =>
  verify.laws.some((law) => law.ok === false)
    ? exit.finding
    : verify.incomplete
      ? exit.unreadable
      : exit.ok;

function line(terminal: Terminal, shown: Shown): string {
  const kind = translate(terminal.locale, `requestKinds.${shown.kind}`);
  if (shown.problem !== null) {
    const reason = errorText(
      terminal.locale,
      dictionaries[terminal.locale],
      problemError(shown.problem),
    );
    return `✗ ${translate(terminal.locale, 'demo.refused', { kind, reason })}`;
  }
  const number = shown.number ?? '';
  return shown.state === 'fulfilled'
    ? `✓ ${translate(terminal.locale, 'demo.fulfilled', { kind, number })}`
    : `✗ ${translate(terminal.locale, 'demo.ended', { kind, number, state: shown.state })}`;
}

type Told = Parameters<typeof errorText>[2];

/** The API's problem carries the error's code and figures. */
const problemError = (problem: Readonly<Record<string, unknown>>): Told =>
  ({ code: problem['code'], params: problem['params'] ?? {} }) as Told; // problem+json of the product itself

function tell(terminal: Terminal, report: OnceReport): void {
  const { locale } = terminal;
  terminal.say('');
  terminal.say(translate(locale, 'demo.quotaTitle'));
  terminal.table(
    report.quotaSeen.map((seen) => [
      `  ${seen.cluster}`,
      seen.namespace,
      seen.uid ?? '',
      `cpu ${seen.hard['requests.cpu'] ?? '—'}`,
      `memory ${seen.hard['requests.memory'] ?? '—'}`,
      `storage ${seen.hard['requests.storage'] ?? '—'}`,
    ]),
  );
  terminal.say('');
  terminal.say(verifyLine(terminal, report.verify));
  terminal.say(translate(locale, 'demo.took', { seconds: report.seconds.total }));
}

export function verifyLine({ locale }: Terminal, verify: Verification): string {
  const named = (ok: boolean | null) =>
    verify.laws
      .filter((law) => law.ok === ok && law.shownBy === null)
      .map((law) => law.id)
      .join(' ');
  if (verify.laws.some((law) => law.ok === false))
    return translate(locale, 'demo.verifyBad', { laws: named(false) });
  if (verify.incomplete) return translate(locale, 'demo.verifyIncomplete', { laws: named(null) });
  return translate(locale, 'demo.verifyOk', {
    count: verify.laws.filter((law) => law.ok === true).length,
  });
}
