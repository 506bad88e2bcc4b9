import { digestOf, formatHeader, formatItem, formatLine, formatSnapshot } from '@taffrail/engine';
import { flag, itemOf, snapshotOf } from '../../packages/engine/src/set.test-kit.ts';
import type { Refused } from './file.ts';
import { linesOf } from './group.ts';

/** Snapshots that are not as they were sent, or not for this format. */
export function refused(): Refused[] {
  const snapshot = snapshotOf([itemOf(flag('new-billing')), itemOf({ key: 'early', kind: 'org', included: ['acme', 'Ömega'] })]);
  const [first, second] = snapshot.items as [(typeof snapshot.items)[0], (typeof snapshot.items)[0]];
  const withHeader = (header: object, items = snapshot.items) =>
    formatSnapshot({ header: { ...snapshot.header, ...header }, items });
  const text = formatSnapshot(snapshot);
  const header = formatHeader(snapshot.header);
  const rows: readonly (readonly [name: string, text: string])[] = [
    ['another format', withHeader({ format: 2 })],
    ['a missing flag', withHeader({ flags: 2 })],
    ['a missing segment', withHeader({ segments: 0 })],
    ['another checksum', withHeader({ checksum: '0'.repeat(16) })],
    ['a repeated key', withHeader({ flags: 3 }, [first, second, first])],
    ['a line of another form', `${header}\nf_${digestOf('{}')} {}\n`],
    ['a key that is not first', `${header}\n${formatLine({ ...first, digest: digestOf('{"a":1}'), json: '{"a":1}' })}\n`],
    ['bytes that are not those of the digest', text.replace('acme', 'acmf')],
    ['a header that was changed', text.replace('"revision":1', '"revision":2')],
    ['a line more', `${text}${formatLine(formatItem('f', { key: 'more' }))}\n`],
    ['a line less', `${linesOf(text).slice(0, -1).join('\n')}\n`],
    ['no header', `${linesOf(text).slice(1).join('\n')}\n`],
  ];
  return rows.map(([name, lines]) => ({ name, lines: linesOf(lines) }));
}
