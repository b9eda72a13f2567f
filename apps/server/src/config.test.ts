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
});
