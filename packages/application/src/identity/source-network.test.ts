import { expect, test } from 'vitest';
import { sourceNetwork } from './source-network.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['cli', 'cli'],
])('%s counts as %s', (source, network) => {
  expect(sourceNetwork(source)).toBe(network);
});
