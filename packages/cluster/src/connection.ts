import { KubeConfig } from '@kubernetes/client-node';
import type { RequestOptions } from 'node:https';

/** Where a cluster is and how to speak to it, read anew when credentials grow old. */
export interface Connection {
  readonly server: string;
  /** PEM, base64; empty when the system's authorities are used. */
  readonly authority: string;
  tls(): Promise<TlsMaterial>;
  /** Value of the Authorization header, or null when a client certificate speaks for us. */
  authorization(fresh: boolean): Promise<string | null>;
}

export interface TlsMaterial {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

/** File and exec tokens are read again after this long; TokenRequest tokens are never refreshed by the library. */
const credentialLifeMs = 60_000;

export interface ConnectionSource {
  readonly kubeconfig: string;
  /** Null: the current context of the file. */
  readonly context: string | null;
}

export function connectionOf({ kubeconfig, context }: ConnectionSource): Connection {
  const load = (): KubeConfig => {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    if (context !== null) config.setCurrentContext(context);
    return config;
  };
  return connectionFrom(load);
}

export function connectionFrom(load: () => KubeConfig): Connection {
  let config = load();
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error('the kubeconfig names no cluster');
  let cached: { readonly at: number; readonly options: RequestOptions } | null = null;
  const options = async (fresh: boolean): Promise<RequestOptions> => {
    if (fresh) config = load();
    if (!fresh && cached !== null && performance.now() - cached.at < credentialLifeMs)
      return cached.options;
    const made: RequestOptions = {};
    await config.applyToHTTPSOptions(made);
    cached = { at: performance.now(), options: made };
    return made;
  };
  return {
    server: cluster.server.replace(/\/$/, ''),
    authority: cluster.caData ?? '',
    async tls() {
      const { ca, cert, key, servername, rejectUnauthorized } = await options(false);
      return Object.fromEntries(
        Object.entries({ ca, cert, key, servername, rejectUnauthorized }).filter(
          ([, value]) => value !== undefined,
        ),
      );
    },
    async authorization(fresh) {
      const { headers } = await options(fresh);
      const value = new Map<string, unknown>(Object.entries(headers ?? {})).get('Authorization');
      return typeof value === 'string' ? value : null;
    },
  };
}
