import type { AppRouter } from '@yunheng/rpc/router';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

export interface RestRoute {
  readonly procedure: string;
  readonly type: 'query' | 'mutation';
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  /** Of the input. */
  readonly schema: unknown;
  inputOf(request: FastifyRequest): unknown;
}

/** Every procedure that names a route, with the way its input is read from a request. */
export function restRoutes(router: AppRouter): readonly RestRoute[] {
  return Object.entries(router._def.procedures).flatMap(([procedure, built]) => {
    const { type, meta, inputs } = definitionOf(built);
    if (meta?.openapi === undefined || type === 'subscription') return [];
    const { method, path } = meta.openapi;
    const schema = inputs[0];
    const url = path.replaceAll(/\{(\w+)\}/gu, ':$1');
    const inputOf = (request: FastifyRequest) => readInput(request, { method, schema });
    return [{ procedure, type, method, url, schema, inputOf }];
  });
}

interface Definition {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly meta?: { openapi?: { method: RestRoute['method']; path: string } };
  readonly inputs: readonly unknown[];
}

/** tRPC keeps these facts of a procedure at runtime but not in its types. */
const definitionOf = (built: unknown): Definition => (built as { _def: Definition })._def;

function readInput(
  request: FastifyRequest,
  { method, schema }: { method: RestRoute['method']; schema: unknown },
): unknown {
  const params = isRecord(request.params) ? request.params : {};
  if (method === 'GET' || method === 'DELETE') {
    const query = isRecord(request.query) ? request.query : {};
    return typed({ ...query, ...params }, schema);
  }
  const body = request.body ?? {};
  return isRecord(body) ? { ...body, ...typed(params, schema) } : body;
}

/** Addresses carry text only: where the schema wants a number or a truth value and the text is one, it becomes one. */
function typed(texts: Record<string, unknown>, schema: unknown): Record<string, unknown> {
  if (!(schema instanceof z.ZodObject)) return texts;
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, typedValue(value, schema.shape[name])]),
  );
}

function typedValue(value: unknown, schema: unknown): unknown {
  if (typeof value !== 'string') return value;
  const base = baseOf(schema);
  if (base instanceof z.ZodNumber && /^-?\d+(\.\d+)?$/u.test(value)) return Number(value);
  if (base instanceof z.ZodBoolean && (value === 'true' || value === 'false')) {
    return value === 'true';
  }
  return value;
}

function baseOf(schema: unknown): unknown {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
  ) {
    return baseOf(schema.unwrap());
  }
  return schema;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
