import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { anyText, documents } from './documents.test-kit.ts';
import {
  digestOf,
  formatHeader,
  formatItem,
  formatLine,
  formatSnapshot,
  type Item,
  parseHeader,
  parseItem,
  parseSnapshot,
} from './index.ts';
import { flag, itemOf, snapshotOf } from './set.test-kit.ts';

const snapshot = snapshotOf([itemOf(flag('new-billing')), itemOf({ key: 'early', kind: 'org', included: ['acme', 'Ömega'] })]);
const text = formatSnapshot(snapshot);

/** A text that says what was done to it: one character of a snapshot replaced. */
const replaced = (at: number, by: string): string => text.slice(0, at) + by + text.slice(at + 1);

test('a snapshot is read as it was written', () => {
  fc.assert(
    fc.property(documents, (all) => {
      const written = snapshotOf(all.map(itemOf));
      expect(parseSnapshot(formatSnapshot(written))).toEqual({ snapshot: written });
    }),
  );
});

test('any key is read back, whatever its characters', () => {
  fc.assert(
    fc.property(anyText, (key) => {
      expect(parseItem(formatLine(formatItem('s', { key })))).toEqual({ item: formatItem('s', { key }) });
    }),
  );
});

test('lines are ASCII, so that a character is a byte', () => {
  fc.assert(
    fc.property(anyText, (key) => {
      expect(formatLine(formatItem('s', { key }))).toMatch(/^[ -~]+$/);
    }),
  );
});

it('begins an item with its key and keeps the order of the rest', () => {
  const item = formatItem('f', { on: true, key: 'k', salt: 's' } as { key: string });
  expect(item).toEqual({ sort: 'f', key: 'k', digest: digestOf(item.json), json: '{"key":"k","on":true,"salt":"s"}' });
});

it('writes a header that is JSON, its own digest last', () => {
  const line = formatHeader(snapshot.header);
  expect(JSON.parse(line)).toEqual({ ...snapshot.header, digest: expect.stringMatching(/^[0-9a-f]{16}$/) as string });
  expect(parseHeader(line)).toEqual({ header: snapshot.header });
});

it('may lack the last line feed', () => {
  expect(parseSnapshot(text.slice(0, -1))).toEqual({ snapshot });
});

test('a snapshot of which any one character was replaced is refused', () => {
  const accepted: [number, string][] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const others = [unit ^ 1, unit ^ 0x20, 'x', '0', ' ', '"', '\n', 'é'].map((by) =>
      typeof by === 'number' ? String.fromCharCode(by) : by,
    );
    for (const by of others) if (by !== text[at] && parseSnapshot(replaced(at, by)).snapshot) accepted.push([at, by]);
  }
  expect(accepted).toEqual([]);
});

test('a snapshot that was cut short or grew is refused', () => {
  for (let length = 0; length < text.length - 1; length++) expect(parseSnapshot(text.slice(0, length)).snapshot).toBeUndefined();
  expect(parseSnapshot(`${text}\n`).snapshot).toBeUndefined();
  expect(parseSnapshot(`${text}${formatLine(itemOf(flag('more')))}\n`).snapshot).toBeUndefined();
  expect(parseSnapshot(` ${text}`).snapshot).toBeUndefined();
});

test('no text makes reading throw', () => {
  fc.assert(
    fc.property(anyText, (any) => {
      expect(parseSnapshot(any).snapshot).toBeUndefined();
      expect(parseItem(any).item).toBeUndefined();
      expect(parseHeader(any).header).toBeUndefined();
    }),
  );
});

describe('refuses, and says why,', () => {
  const withHeader = (header: object, items: readonly Item[] = snapshot.items): string =>
    formatSnapshot({ header: { ...snapshot.header, ...header }, items });
  const [first, second] = snapshot.items as [Item, Item];

  it.each([
    ['another format', withHeader({ format: 2 }), /format 2 .* update the SDK/],
    ['a missing flag', withHeader({ flags: 2 }), /missing/],
    ['a missing segment', withHeader({ segments: 0 }), /missing/],
    ['another checksum', withHeader({ checksum: '0'.repeat(16) }), /checksum/],
    ['a repeated key', withHeader({ flags: 3 }, [first, second, first]), /repeats new-billing/],
    ['a line of another form', `${formatHeader(snapshot.header)}\nf_${digestOf('{}')} {}\n`, /line 2 is not of the form/],
    [
      'an item whose key is not first',
      `${formatHeader(snapshot.header)}\n${formatLine({ ...first, digest: digestOf('{"a":1}'), json: '{"a":1}' })}`,
      /key/,
    ],
    ['bytes that are not those of the digest', text.replace('acme', 'acmf'), /line 3 does not match its digest/],
  ])('%s', (_, lines, why) => {
    expect(parseSnapshot(lines).error).toMatch(why);
  });
});

it('keeps and counts items of a sort that it does not know', () => {
  const item = formatItem('x', { key: 'new-billing' });
  const newer = snapshotOf([...snapshot.items, item]);
  expect(parseSnapshot(formatSnapshot(newer))).toEqual({ snapshot: newer });
  expect(newer.header.checksum).not.toBe(snapshot.header.checksum);
});

it('keeps fields of the header that it does not know', () => {
  const header = { ...snapshot.header, fromTheFuture: [1] };
  expect(parseSnapshot(formatSnapshot({ header, items: snapshot.items })).snapshot?.header).toEqual(header);
});

it('reads lines with characters that are more than one byte', () => {
  const json = '{"key":"Ömega","note":"🚀 é"}';
  const item = { sort: 's', key: 'Ömega', digest: digestOf(json), json };
  expect(parseItem(formatLine(item))).toEqual({ item });
});
