import { expect, it } from 'vitest';
import { contextBatches, sentContext } from './context-batches.ts';

const contexts = (count: number, text = '') =>
  Array.from({ length: count }, (_, index) => ({ line: index + 2, key: `org-${index}`, attributes: { text } }));
const keys = (batches: ReturnType<typeof contextBatches>) => batches.flat().map(({ key }) => key);

it('cuts by count, and loses and repeats nothing', () => {
  const batches = contextBatches(contexts(25), 10, 1_000_000);
  expect(batches.map((batch) => batch.length)).toEqual([10, 10, 5]);
  expect(keys(batches)).toEqual(contexts(25).map(({ key }) => key));
});

it('cuts by the bytes of the request, counted in UTF-8', () => {
  const batches = contextBatches(contexts(10, 'ü'.repeat(100)), 10_000, 1_000);
  const bytes = batches.map((batch) => Buffer.byteLength(JSON.stringify({ contexts: batch.map(sentContext) })));
  expect(Math.max(...bytes)).toBeLessThanOrEqual(1_000);
  expect(batches.length).toBeLessThan(10);
  expect(keys(batches)).toHaveLength(10);
});

it('sends a context that is too large by itself, so that the server can name it', () => {
  expect(contextBatches(contexts(1, 'x'.repeat(5_000)), 10, 1_000)).toHaveLength(1);
});
