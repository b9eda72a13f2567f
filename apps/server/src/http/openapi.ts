import { errorCodes } from '@yunheng/kernel/errors';
import { appRouter } from '@yunheng/rpc/router';
import { generateOpenApiDocument } from 'trpc-to-openapi';
import { version } from '../version.ts';
import { problemType } from './problem.ts';

export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly security?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}

export interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: unknown;
}

/** One for the life of a process: it depends on the code alone. */
let document: OpenApi | null = null;

export function openApiDocument(): OpenApi {
  document ??= generate();
  return document;
}

function generate(): OpenApi {
  const generated = generateOpenApiDocument(appRouter, {
    title: 'Yunheng 云衡',
    description:
      'Cloud and network resources of a provincial government cloud. Every amount is a whole number of its ' +
      'canonical unit (millicores, MiB, count), every instant is milliseconds since 1970 in UTC.',
    version,
    baseUrl: '/api/v1',
    openApiVersion: '3.1.0',
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', description: 'Personal access token: yht_…' },
    },
  });
  // As it goes over the wire: what the generator leaves undefined is not there.
  const loose: OpenApi = JSON.parse(JSON.stringify(generated));
  return {
    ...loose,
    paths: Object.fromEntries(
      Object.entries(loose.paths).map(([path, methods]) => [path, withProblems(methods)]),
    ),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: problemSchema },
    },
  };
}

/** Errors of every operation have one shape, which the generator knows nothing of. */
function withProblems(methods: Readonly<Record<string, Operation>>): Record<string, Operation> {
  return Object.fromEntries(
    Object.entries(methods).map(([method, operation]) => {
      const { 200: success } = operation.responses;
      return [method, { ...operation, responses: { 200: success, default: problemResponse } }];
    }),
  );
}

const problemResponse = {
  description: 'Refused, with all problems at once, in the language of Accept-Language',
  content: {
    [problemType.split(';')[0] ?? problemType]: {
      schema: { $ref: '#/components/schemas/Problem' },
    },
  },
};

const figures = {
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
};

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'kind', 'params', 'issues', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'For people, in their language' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(errorCodes), description: 'For programs, stable' },
    kind: { type: 'string', enum: [...new Set(Object.values(errorCodes).map(({ kind }) => kind))] },
    params: figures,
    issues: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'code', 'params', 'title'],
        properties: {
          path: { type: 'string' },
          code: { type: 'string' },
          params: figures,
          title: { type: 'string' },
        },
      },
    },
    details: { description: 'Facts of a refusal for lack of capacity or quota, otherwise null' },
    requestId: { type: 'string' },
  },
};
