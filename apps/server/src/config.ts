import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locale } from '@yunheng/messages/locale';
import { z } from 'zod';
import { environmentText } from './setting-words.ts';

const text = z.string().trim().min(1);
const optional = text.optional().catch(undefined);

const environment = z.object({
  YUNHENG_HOME: text.default('.yunheng'),
  YUNHENG_PROFILE: z.enum(['production', 'demo', 'test']).default('production'),
  YUNHENG_KUBECONFIG: optional,
  YUNHENG_CACHE_DIR: optional,
  /** The address people type when a gateway stands in front, for instance https://yunheng.example.cn. */
  YUNHENG_PUBLIC_ORIGIN: z.url().optional(),
  YUNHENG_HOST: optional,
  YUNHENG_METRICS_TOKEN: optional,
  YUNHENG_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4600),
  DATABASE_URL: z
    .string()
    .trim()
    .regex(/^(?:postgres(?:ql)?:\/\/.+)?$/u)
    .optional(),
  /** Schema of PostgreSQL that holds the product's tables. */
  YUNHENG_DATABASE_SCHEMA: text.regex(/^[a-z_][a-z0-9_]{0,62}$/u).default('public'),
  REDIS_URL: optional,
});

export interface Config {
  readonly home: string;
  readonly profile: 'production' | 'demo' | 'test';
  readonly kubeconfig: string | null;
  readonly cacheDir: string;
  readonly publicOrigin: string | null;
  /** Loopback unless somebody says otherwise. */
  readonly host: string;
  readonly port: number;
  readonly metricsToken: string | null;
  readonly log: z.output<typeof environment>['YUNHENG_LOG'];
  readonly databaseUrl: string | null;
  readonly databaseSchema: string;
  readonly redisUrl: string | null;
}

/** The only reader of the environment: parsed once, at start, with every problem in one message. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  locale: Locale = 'zh-CN',
): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new ConfigError(environmentText(locale, env, parsed.error));
  const read = parsed.data;
  return {
    home: resolve(read.YUNHENG_HOME),
    profile: read.YUNHENG_PROFILE,
    kubeconfig: read.YUNHENG_KUBECONFIG ?? null,
    cacheDir: read.YUNHENG_CACHE_DIR ?? defaultCacheDir(env),
    publicOrigin: read.YUNHENG_PUBLIC_ORIGIN ?? null,
    host: read.YUNHENG_HOST ?? 'localhost',
    port: read.PORT,
    metricsToken: read.YUNHENG_METRICS_TOKEN ?? null,
    log: read.YUNHENG_LOG,
    databaseUrl: read.DATABASE_URL === '' ? null : (read.DATABASE_URL ?? null),
    databaseSchema: read.YUNHENG_DATABASE_SCHEMA,
    redisUrl: read.REDIS_URL ?? null,
  };
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function defaultCacheDir(env: Readonly<Record<string, string | undefined>>): string {
  const base = env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'yunheng');
}
