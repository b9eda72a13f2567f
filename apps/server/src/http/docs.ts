import type { FastifyInstance } from 'fastify';
import { openApiDocument, type Operation } from './openapi.ts';
import { escapeHtml, page, pageStyle } from './pages.ts';

/** The API description for programs, and the same as a page for people: no script, nothing from elsewhere. */
export function serveDocs(app: FastifyInstance): void {
  app.get('/api/openapi.json', async () => openApiDocument());
  app.get('/api/page.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=300').send(pageStyle),
  );
  app.get('/api/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage()),
  );
}

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

function docsPage(): string {
  const { info, paths } = openApiDocument();
  const entries = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Entry => ({ method, path, operation })),
  );
  const groups = Map.groupBy(entries, ({ operation }) => operation.tags?.[0] ?? '');
  const body = [...groups].map(([tag, members]) => section(tag, members)).join('\n');
  return page({
    title: `${info.title} API ${info.version}`,
    body: `<h1>${escapeHtml(info.title)} API</h1>
<p>Base address <code>/api/v1</code>, JSON only, at most 256 kB. Programs send
<code>Authorization: Bearer yht_…</code>; a token is made on the page 访问令牌. Errors are
<code>application/problem+json</code>; their <code>title</code> follows Accept-Language, their <code>code</code> is stable.
A body is judged for its form first, then by the rules; either way all <code>issues</code> come at once, each with its
<code>path</code> in the body.
As a file: <a href="/api/openapi.json">openapi.json</a>.</p>
${body}`,
  });
}

function section(tag: string, entries: readonly Entry[]): string {
  return `<h2>${escapeHtml(tag)}</h2>\n${entries.map(entry).join('\n')}`;
}

function entry({ method, path, operation }: Entry): string {
  const { parameters = [], requestBody, responses } = operation;
  const parts = [
    parameters.length === 0 ? '' : part('Parameters', parameters),
    requestBody === undefined ? '' : part('Body', requestBody),
    part('Answer', responses['200']),
  ];
  return `<details><summary><span class="method">${escapeHtml(method.toUpperCase())}</span>
<code>${escapeHtml(path)}</code> <span class="muted">${escapeHtml(operation.summary ?? '')}</span></summary>
${parts.join('\n')}</details>`;
}

const part = (title: string, value: unknown): string =>
  `<h3>${title}</h3><pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;
