import type { FastifyInstance } from 'fastify';

/** The methods that an address has; none for an address that is nobody's. */
export type KnownMethods = (path: string) => readonly string[];

/** Learnt from the routes as they are made: to be asked for before the first of them is. */
export function knownMethods(app: FastifyInstance): KnownMethods {
  const routes: { readonly parts: readonly string[]; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    routes.push({ parts: url.split('/'), methods: [method].flat() });
  });
  return (path) => {
    const parts = path.split('/');
    const found = routes.filter((route) => leadsTo(route.parts, parts));
    return [...new Set(found.flatMap(({ methods }) => methods))].toSorted();
  };
}

/** `:name` stands for one part of an address, `*` for the rest of it. */
function leadsTo(route: readonly string[], parts: readonly string[]): boolean {
  const rest = route.at(-1) === '*';
  if (rest ? parts.length < route.length : parts.length !== route.length) return false;
  return route.every((part, index) => {
    const given = parts[index] ?? '';
    if (rest && index === route.length - 1) return true;
    return part.startsWith(':') ? given !== '' : part === given;
  });
}
