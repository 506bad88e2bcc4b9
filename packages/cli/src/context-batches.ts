import type { FileContext } from './context-file.ts';

/** Contexts that go to the server in one request. */
export type Batch = readonly FileContext[];

/** Cuts contexts into requests that are within both bounds: how many, and how large as JSON. */
export function contextBatches(contexts: readonly FileContext[], maxCount: number, maxBytes: number): Batch[] {
  const batches: FileContext[][] = [];
  let bytes = Infinity;
  for (const context of contexts) {
    const size = Buffer.byteLength(JSON.stringify(sentContext(context))) + 1;
    if (bytes + size > maxBytes || (batches.at(-1)?.length ?? 0) >= maxCount) {
      batches.push([]);
      bytes = envelopeBytes;
    }
    batches.at(-1)?.push(context);
    bytes += size;
  }
  return batches;
}

const envelopeBytes = '{"contexts":[]}'.length;

/** A context as the API takes it. */
export function sentContext({ key, attributes }: FileContext) {
  return { key, attributes };
}
