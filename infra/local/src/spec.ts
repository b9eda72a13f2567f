import { randomBytes } from 'node:crypto';
import { at, readJson, textAt, writeJson } from './files.ts';
import type { ClusterPaths } from './paths.ts';
import { choosePorts, type Ports } from './ports.ts';

/** What a cluster's folder remembers from start to start. */
export type ClusterSpec = {
  readonly name: string;
  /** Makes user names in kubeconfigs unique over all clusters that ever were. */
  readonly id: string;
  readonly binary: string;
  readonly ports: Ports;
};

function portsIn(value: unknown): Partial<Ports> {
  const port = (name: string): number | undefined => {
    const found = at(value, 'ports', name);
    return typeof found === 'number' ? found : undefined;
  };
  const apiserver = port('apiserver');
  const kwok = port('kwok');
  const metrics = port('metrics');
  return {
    ...(apiserver === undefined ? {} : { apiserver }),
    ...(kwok === undefined ? {} : { kwok }),
    ...(metrics === undefined ? {} : { metrics }),
  };
}

export function readSpec(paths: ClusterPaths): ClusterSpec | undefined {
  const value = readJson(paths.spec);
  const name = textAt(value, 'name');
  const id = textAt(value, 'id');
  const binary = textAt(value, 'binary');
  const { apiserver, kwok, metrics } = portsIn(value);
  if (name === undefined || id === undefined || binary === undefined) return undefined;
  if (apiserver === undefined || kwok === undefined || metrics === undefined) return undefined;
  return { name, id, binary, ports: { apiserver, kwok, metrics } };
}

/** The spec for the next start: same identity, same ports where they are still free. */
export async function renewSpec(
  paths: ClusterPaths,
  wanted: { readonly name: string; readonly binary: string },
): Promise<ClusterSpec> {
  const before = readSpec(paths);
  const spec: ClusterSpec = {
    name: wanted.name,
    id: before?.id ?? randomBytes(4).toString('hex'),
    binary: wanted.binary,
    ports: await choosePorts(before?.ports),
  };
  writeJson(paths.spec, spec);
  return spec;
}

export function serverUrl(spec: ClusterSpec): string {
  return `https://127.0.0.1:${spec.ports.apiserver}`;
}
