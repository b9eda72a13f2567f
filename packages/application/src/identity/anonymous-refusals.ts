import type { ErrorCode } from '@yunheng/kernel/errors';
import type { Deps } from '../deps.ts';

interface Counted {
  readonly source: string;
  readonly code: ErrorCode;
  readonly minute: number;
  count: number;
}

const sourcesRemembered = 5_000;

/**
 * Refusals of people whom nobody knows: one counted entry per source and minute (law S1), because otherwise
 * anyone could fill the audit. `flush` is called each minute and before the store closes.
 */
export class AnonymousRefusals {
  readonly #deps: Deps;
  readonly #counted = new Map<string, Counted>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  count(source: string, code: ErrorCode): void {
    const minute = Math.floor(this.#deps.clock.real() / 60_000);
    const own = `${minute} ${code} ${source}`;
    const full = !this.#counted.has(own) && this.#counted.size >= sourcesRemembered;
    const named = full ? '*' : source;
    const key = full ? `${minute} ${code} *` : own;
    const counted = this.#counted.get(key);
    if (counted === undefined) this.#counted.set(key, { source: named, code, minute, count: 1 });
    else counted.count++;
  }

  /** Writes the entries of closed minutes; of the running one too when the process ends. */
  async flush(options: { all: boolean } = { all: false }): Promise<void> {
    const minute = Math.floor(this.#deps.clock.real() / 60_000);
    const due = [...this.#counted].filter(([, counted]) => options.all || counted.minute < minute);
    for (const [key] of due) this.#counted.delete(key);
    await Promise.all(due.map(([, counted]) => this.#write(counted)));
  }

  async #write(counted: Counted): Promise<void> {
    await this.#deps.store.refuse({
      code: counted.code,
      audit: {
        actorId: 'anonymous',
        actorName: '',
        via: 'anonymous',
        source: counted.source,
        httpRequestId: '',
        action: 'anonymous.refused',
        subjectKind: 'source',
        subjectId: counted.source,
        tenantId: null,
        detail: { count: counted.count, minute: counted.minute * 60_000 },
        at: this.#deps.clock.real(),
      },
    });
  }
}
