import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { ClusterToolError } from './errors.ts';
import { listAt, textAt, writeWhole } from './files.ts';

/** How to reach one API server as one user. All PEM text. */
export type Credentials = {
  readonly server: string;
  readonly ca: string;
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
};

export type KubeconfigInput = {
  readonly path: string;
  readonly context: string;
  /** Globally unique: clients cache credentials by user name, also across files. */
  readonly user: string;
  readonly credentials: Credentials;
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');

export function writeKubeconfig(input: KubeconfigInput): void {
  const { server, ca, cert, key, token } = input.credentials;
  const user = {
    ...(cert === undefined ? {} : { 'client-certificate-data': base64(cert) }),
    ...(key === undefined ? {} : { 'client-key-data': base64(key) }),
    ...(token === undefined ? {} : { token }),
  };
  const content = stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: input.context, cluster: { server, 'certificate-authority-data': base64(ca) } },
    ],
    users: [{ name: input.user, user }],
    contexts: [{ name: input.context, context: { cluster: input.context, user: input.user } }],
    'current-context': input.context,
  });
  writeWhole(input.path, content);
}

function unusable(path: string, reason: string): ClusterToolError {
  return new ClusterToolError('KUBECONFIG_UNUSABLE', { path, reason }, `${path}: ${reason}`);
}

function load(path: string): unknown {
  if (!existsSync(path)) throw unusable(path, 'there is no such file');
  try {
    const value: unknown = parse(readFileSync(path, 'utf8'));
    return value;
  } catch (error) {
    throw unusable(path, error instanceof Error ? error.message : 'it is not YAML');
  }
}

export function contextNames(path: string): readonly string[] {
  return listAt(load(path), 'contexts').flatMap((one) => textAt(one, 'name') ?? []);
}

/** The current context, or the one that is named. */
export function readKubeconfig(path: string, context?: string): Credentials {
  const file = load(path);
  const wanted = context ?? textAt(file, 'current-context');
  if (wanted === undefined) throw unusable(path, 'it names no current context');
  const entry = listAt(file, 'contexts').find((one) => textAt(one, 'name') === wanted);
  if (entry === undefined) throw unusable(path, `it has no context "${wanted}"`);
  const named = (list: string, key: string): unknown =>
    listAt(file, list).find((one) => textAt(one, 'name') === textAt(entry, 'context', key));
  const cluster = named('clusters', 'cluster');
  const user = named('users', 'user');
  const server = textAt(cluster, 'cluster', 'server');
  if (server === undefined) throw unusable(path, `context "${wanted}" has no server`);

  /** Inline data, or a file beside the kubeconfig. */
  const material = (from: unknown, section: string, key: string): string | undefined => {
    const inline = textAt(from, section, `${key}-data`);
    if (inline !== undefined) return Buffer.from(inline, 'base64').toString('utf8');
    const file = textAt(from, section, key);
    return file === undefined ? undefined : readFileSync(resolve(dirname(path), file), 'utf8');
  };
  const cert = material(user, 'user', 'client-certificate');
  const key = material(user, 'user', 'client-key');
  const token = textAt(user, 'user', 'token');
  if (token === undefined && (cert === undefined || key === undefined)) {
    throw unusable(path, `the user of "${wanted}" has neither client certificate nor token`);
  }
  return {
    server,
    ca: material(cluster, 'cluster', 'certificate-authority') ?? '',
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(token === undefined ? {} : { token }),
  };
}
