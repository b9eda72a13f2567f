export interface Stage {
  readonly name: string;
  /** A turbo task: unchanged inputs replay its output instead of running it. */
  readonly task: string;
  readonly filter?: string;
}

/** Cheap before dear: the first failure that a person reads should be the simplest one to mend. */
export const stages: readonly Stage[] = [
  { name: 'format', task: '//#check:format' },
  { name: 'lint', task: '//#check:lint' },
  { name: 'types', task: '//#check:types' },
  { name: 'architecture', task: '//#check:architecture' },
  { name: 'unused code', task: '//#check:unused' },
  { name: 'console build', task: 'build', filter: '@yunheng/console' },
];

export const unitStage: Stage = { name: 'unit', task: '//#check:unit' };
