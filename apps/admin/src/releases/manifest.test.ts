import { describe, expect, it } from 'vitest';
import { readManifest } from './manifest.ts';

const place = { file: 'src/app.ts', line: 3, column: 9 };
const flag = { key: 'letter-avatars', type: 'boolean', defaults: [false], reads: [place, place] };
const written = (...flags: unknown[]) => JSON.stringify({ format: 1, flags });

describe('a manifest', () => {
  it('is read with its places counted, and without them', () => {
    const { key, ...unknownType } = { ...flag, type: undefined };
    expect(readManifest(written(flag, { key: 'b', ...unknownType })).flags).toEqual([
      { key: 'letter-avatars', type: 'boolean', defaults: [false], places: 2 },
      { key: 'b', defaults: [false], places: 2 },
    ]);
    expect(key).toBe('letter-avatars');
  });

  it.each([
    ['{\n "format": 1,,', 'Line 2, column 14: this is no JSON.'],
    ['[]', '“format” must be 1.'],
    ['{"format":2,"flags":[]}', '“format” must be 1.'],
    ['{"format":1}', '“flags” must be a list.'],
    [written(flag, 7), 'flags[1]: it is no object.'],
    [written({ ...flag, key: '' }), '“key” is missing'],
    [written({ ...flag, type: 'bool' }), 'flags[0] letter-avatars: “type” is none of boolean, string, number, json.'],
    [written({ ...flag, defaults: false }), '“defaults” must be a list'],
    [written({ key: 'a', defaults: [] }), '“reads” must be a list'],
    [written(), 'It lists no flag'],
  ])('is refused with the place: %s', (text, mistake) => {
    const read = readManifest(text);
    expect(read.flags).toBeUndefined();
    expect(read.mistake).toContain(mistake);
  });
});
