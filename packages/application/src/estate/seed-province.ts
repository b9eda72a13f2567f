import { ok } from '@yunheng/kernel/result';
import type { Call, Deps, Outcome } from '../deps.ts';
import { importProvince } from './import-province.ts';
import type { ProvinceInput } from './province.ts';

export interface SeededProvince {
  /** How many rows were written; 0 when everything was there already. */
  readonly rows: number;
}

/** Loads a province. What exists by its code stays as it is, so that a second run changes nothing. */
export async function seedProvince(
  deps: Deps,
  call: Call,
  province: ProvinceInput,
): Outcome<SeededProvince> {
  const imported = await importProvince(deps, call, { province, sm3: null, change: false });
  return imported.ok ? ok({ rows: imported.value.rows }) : imported;
}
