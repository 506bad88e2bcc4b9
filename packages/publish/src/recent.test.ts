import { expect, it } from 'vitest';
import { recent } from './recent.ts';

it('makes an answer once, as long as it is asked for', () => {
  const made: number[] = [];
  const answer = recent((key: number) => (made.push(key), `${key}`));
  for (let key = 0; key < 1_000; key++) expect([answer(key), answer(0)]).toEqual([`${key}`, '0']);
  expect(made).toEqual(Array.from({ length: 1_000 }, (_, key) => key));
  answer(1);
  expect(made).toHaveLength(1_001);
});
