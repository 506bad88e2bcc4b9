import { expect, it } from 'vitest';
import { waitsWords, wantsSomebody } from './request-words.ts';

it('says what waits, and where', () => {
  const waits = [
    { environment: 'production', action: 'publish' },
    { environment: 'production', action: 'unlock' },
    { environment: 'staging', action: 'stage' },
  ] as const;
  expect(waitsWords([...waits])).toBe('publish and unlock in production and stage in staging');
  expect(waitsWords([])).toBe('asked for of their own accord');
});

it('counts what still wants somebody, and nothing that was decided', () => {
  expect(wantsSomebody({ status: 'open' })).toBe(true);
  expect(wantsSomebody({ status: 'emergency' })).toBe(true);
  for (const status of ['approved', 'rejected', 'withdrawn', 'expired', 'reviewed'] as const) {
    expect(wantsSomebody({ status })).toBe(false);
  }
});
