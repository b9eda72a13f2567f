import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { ApiClient } from './api.ts';
import { ClusterToolError } from './errors.ts';
import { isJsonObject, textAt } from './files.ts';
import { applyObject, type KubeObject } from './objects.ts';

/** Key of the pool label, on worker nodes and on managed namespaces. */
export const poolLabel = 'yunheng.io/pool';
export const ownershipLabel = { key: 'app.kubernetes.io/managed-by', value: 'yunheng' } as const;
export const namespacePrefix = 'yh-';
export const systemNamespace = 'yunheng-system';
export const provisionerAccount = 'yunheng-provisioner';
export const tenantClusterRoles = ['yunheng-tenant-edit', 'yunheng-tenant-view'] as const;

function isKubeObject(value: unknown): value is KubeObject {
  return (
    isJsonObject(value) &&
    typeof value['apiVersion'] === 'string' &&
    typeof value['kind'] === 'string' &&
    textAt(value, 'metadata', 'name') !== undefined
  );
}

export function manifestText(file: string): string {
  return readFileSync(new URL(`../manifests/${file}`, import.meta.url), 'utf8');
}

export function readManifests(file: string): readonly KubeObject[] {
  return parseManifests(manifestText(file), file);
}

/** The objects in a YAML text of several documents; the name is for the error. */
export function parseManifests(text: string, name: string): readonly KubeObject[] {
  return parseAllDocuments(text).flatMap((document) => {
    const value: unknown = document.toJS();
    if (value === null) return [];
    if (!isKubeObject(value)) throw new Error(`${name} holds something that is no object`);
    return [value];
  });
}

/** What every cluster must hold before the product may provision in it, in order of application. */
export function baseManifests(): readonly KubeObject[] {
  return readManifests('base.yaml');
}

/** MutatingAdmissionPolicy is served as v1 from here on. */
const oldestMinor = 36;

export type ServerVersion = { readonly version: string; readonly minor: number };

export async function serverVersion(api: ApiClient): Promise<ServerVersion> {
  const body = await api.expect({ method: 'GET', path: '/version' });
  const version = textAt(body, 'gitVersion') ?? 'unknown';
  return { version, minor: Number.parseInt(textAt(body, 'minor') ?? '0', 10) };
}

/** Applies the base objects as the cluster's administrator. Safe to repeat. */
export async function applyBase(api: ApiClient): Promise<ServerVersion> {
  const server = await serverVersion(api);
  if (server.minor < oldestMinor) {
    throw new ClusterToolError(
      'CLUSTER_TOO_OLD',
      { version: server.version, needed: `v1.${oldestMinor}` },
      `${api.server} runs Kubernetes ${server.version}; v1.${oldestMinor} or newer is needed`,
    );
  }
  const [first, ...rest] = baseManifests();
  if (first !== undefined) await applyObject(api, first);
  await Promise.all(rest.map((object) => applyObject(api, object)));
  return server;
}
