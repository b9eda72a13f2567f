import type { Report } from './report.ts';

export interface BenchOptions {
  /** Rounds after the warm-up. */
  readonly rounds: number;
  /** A folder on a real disk, for databases that have to be durable. */
  readonly workFolder: string;
  readonly report: (line: string) => void;
}

export interface BenchResult {
  readonly lines: readonly string[];
  readonly report: Report;
  /** A goal that is no ratio was missed. */
  readonly missed?: boolean;
}

export interface Bench {
  readonly name: string;
  readonly run: (options: BenchOptions) => Promise<BenchResult>;
}
