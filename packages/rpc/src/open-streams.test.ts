import { expect, test } from 'vitest';
import { OpenStreams, streamsPerSession } from './open-streams.ts';

test('each owner has so many places, and one that is given back is free again', () => {
  const streams = new OpenStreams();
  const taken = Array.from({ length: streamsPerSession }, () => streams.take('ses_1'));
  expect(taken).not.toContain(null);
  expect(streams.take('ses_1')).toBeNull();
  expect(streams.take('ses_2')).not.toBeNull();
  taken[0]?.();
  expect(streams.take('ses_1')).not.toBeNull();
  expect(streams.take('ses_1')).toBeNull();
});
