import { domainError, type DomainError } from '@yunheng/kernel/errors';
import { err, type Result } from '@yunheng/kernel/result';
import { pageOf } from '@yunheng/rpc/contract/common';
import { requestDetail, requestRow } from '@yunheng/rpc/contract/requests';
import type { z } from 'zod';
import type { Client } from './client.ts';

export type Detail = z.output<typeof requestDetail.output>;

/** By id, or by the number that people use (配申〔2026〕1187 号, or a part of it that only one has). */
export async function findRequest(
  client: Client,
  name: string,
): Promise<Result<Detail, DomainError>> {
  const id = name.startsWith('qr_') ? name : await idOfNumber(client, name);
  if (typeof id !== 'string') return id;
  const path = `/requests/${encodeURIComponent(id)}`;
  return client.send({ method: 'GET', path }, requestDetail.output);
}

async function idOfNumber(
  client: Client,
  number: string,
): Promise<string | Result<never, DomainError>> {
  const path = `/requests?search=${encodeURIComponent(number)}`;
  const page = await client.send({ method: 'GET', path }, pageOf(requestRow));
  if (!page.ok) return page;
  const exact = page.value.rows.find((row) => row.number === number);
  const [only, ...others] = page.value.rows;
  const found = exact ?? (others.length === 0 ? only : undefined);
  return found?.id ?? err(domainError('access.not_found'));
}
