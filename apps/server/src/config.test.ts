import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('the configuration', () => {
  test('of an empty environment is the embedded profile on loopback', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      profile: 'production',
      host: 'localhost',
      databaseUrl: null,
      redisUrl: null,
    });
    expect(config.home).toMatch(/\/\.yunheng$/u);
  });

  test('takes an empty variable for one that is not set', () => {
    expect(readConfig({ DATABASE_URL: '', REDIS_URL: ' ' })).toMatchObject({
      databaseUrl: null,
      redisUrl: null,
    });
  });

  test('names everything that is wrong at once', () => {
    const wrong = { PORT: '70000', YUNHENG_PROFILE: 'holiday' };
    expect(() => readConfig(wrong)).toThrow(ConfigError);
    expect(() => readConfig(wrong)).toThrow(
      /PORT[\s\S]*YUNHENG_PROFILE|YUNHENG_PROFILE[\s\S]*PORT/u,
    );
  });

  test.each([
    [
      { PORT: 'abc' },
      'PORT 的值 abc 不对，应为：0 到 65535 的整数。',
      'a whole number from 0 to 65535',
    ],
    [{ YUNHENG_PROFILE: 'holiday' }, '应为：production、demo、test。', 'production, demo, test'],
    [{ DATABASE_URL: 'mysql://x' }, '应为：postgres://…。', 'postgres://…'],
  ])('says what is wrong and what is right in the language of the reader: %o', (env, zh, en) => {
    expect(() => readConfig(env, 'zh-CN')).toThrow(zh);
    expect(() => readConfig(env, 'en')).toThrow(en);
  });

  test('repeats no address that may hold a password', () => {
    const wrong = { DATABASE_URL: 'postgre://u:hunter2@h/d', YUNHENG_PUBLIC_ORIGIN: 'u:hunter2' };
    for (const locale of ['zh-CN', 'en'] as const) {
      expect(() => readConfig({ ...wrong, YUNHENG_PUBLIC_ORIGIN: '//hunter2' }, locale)).toThrow(
        /^(?![^]*hunter2)[^]*DATABASE_URL/u,
      );
    }
  });
});
