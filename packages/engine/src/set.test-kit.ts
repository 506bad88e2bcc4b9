import {
  type AnswerWord,
  type Context,
  explain,
  checksumOf,
  combineRows,
  compile,
  type Condition,
  coreRows,
  type Flag,
  type FlagSet,
  formatItem,
  type Item,
  type Rows,
  type Segment,
  type Snapshot,
} from './index.ts';
import { matchesRows } from './matches.ts';
import { networkRows } from './network.ts';
import { versionRows } from './versions.ts';

/** All rows that the engine has. */
export const allRows: Rows = combineRows(coreRows, versionRows, networkRows, matchesRows);

/** A moment, in epoch milliseconds. */
export const NOW = Date.UTC(2026, 0, 1);

/** A boolean flag that is on and serves `off` to everybody, but for what is said. */
export function flag(key: string, parts: Partial<Flag> = {}): Flag {
  return {
    key,
    type: 'boolean',
    on: true,
    variants: { on: true, off: false },
    off: 'off',
    salt: key,
    fallthrough: { variant: 'off' },
    ...parts,
  };
}

/** A flag with one rule, `only`, that serves `on` where the condition holds. */
export const flagWhen = (key: string, when: Condition): Flag =>
  flag(key, { rules: [{ id: 'only', when, serve: { variant: 'on' } }] });

export const itemOf = (document: Flag | Segment): Item => formatItem('variants' in document ? 'f' : 's', document);

export function snapshotOf(items: readonly Item[]): Snapshot {
  const header = {
    format: 1,
    origin: { environment: 'production' },
    audience: 'server',
    epoch: 'e1',
    revision: 1,
    flags: items.filter(({ sort }) => sort === 'f').length,
    segments: items.filter(({ sort }) => sort === 's').length,
    checksum: checksumOf(items),
  } as const;
  return { header, items };
}

export const setOf = (...documents: readonly (Flag | Segment)[]): FlagSet => compile(snapshotOf(documents.map(itemOf)), allRows);

/** A set that has the item as it is, whatever its JSON. */
export const setOfJson = (key: string, json: string): FlagSet =>
  compile(snapshotOf([{ ...formatItem('f', { key }), json }]), allRows);

/** What a condition answers, in a set that also has these documents. */
export function answerOf(when: Condition, about: Context, ...documents: readonly (Flag | Segment)[]): AnswerWord | undefined {
  return explain(setOf(flagWhen('asked', when), ...documents), 'asked', false, about, NOW).trail[0]?.answer;
}
