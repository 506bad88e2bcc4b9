import { override, overrideFileFrame, type OverrideEntry } from '@taffrail/schema/override-file';
import { validator } from '@taffrail/schema/validate';
import { type Document, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { Fault } from './fault.ts';
import { startOf } from './plainness.ts';

const mistakesInFrame = validator(overrideFileFrame);
const mistakesInEntry = validator(override);

/** An entry that has the right shape, and where it begins. */
export interface Shaped {
  readonly entry: OverrideEntry;
  readonly node: Node;
}

const EMPTY = 'the file is empty: write version: 1 and overrides: [], or remove it';
const NO_OVERRIDE_FILE = 'this is no override file, which has the fields version: 1 and overrides:';

/** The entries of a document, and what has not the shape of one. */
export function shapeOf(document: Document): { readonly shaped: Shaped[]; readonly faults: Fault[] } {
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return { shaped: [], faults: [{ at: 0, message: EMPTY }] };
  if (!isMap(root)) return { shaped: [], faults: [{ at: startOf(root), message: NO_OVERRIDE_FILE }] };
  const file = document.toJS() as { readonly overrides?: unknown };
  const frame = mistakesInFrame(file).map(({ at, message }) => faultAt(root, pathOf(at), message));
  const list = root.get('overrides', true);
  const entries = isSeq(list) ? list.items.map((node, index) => entryOf(node as Node, (file.overrides as unknown[])[index])) : [];
  return {
    shaped: entries.flatMap(({ shaped }) => shaped ?? []),
    faults: [...frame, ...entries.flatMap(({ faults }) => faults)],
  };
}

function entryOf(node: Node, entry: unknown): { readonly shaped?: Shaped; readonly faults: Fault[] } {
  const mistakes = mistakesInEntry(entry);
  if (mistakes.length === 0) return { shaped: { entry: entry as OverrideEntry, node }, faults: [] };
  return { faults: mistakes.map(({ at, message }) => faultAt(node, pathOf(at), message)) };
}

const pathOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

function faultAt(root: Node, path: readonly string[], message: string): Fault {
  const [field = ''] = path;
  const said = advised(field, message);
  const isName = message.startsWith('there is no field');
  return { at: placeOf(root, path), message: isName ? said : `${path.join('/') || 'an override'} ${said}` };
}

/** What to do, where the shape alone does not say it. */
function advised(field: string, message: string): string {
  if (field === '') return `${message}: write its fields as "name: value"`;
  if (!/^must be text, not (a number|true or false)$/.test(message)) return message;
  return days.has(field) ? 'must be a date, such as 2027-01-31' : `${message}: put it in quotes`;
}

const days = new Set(['set_on', 'expires']);

/** Where the value at a path stands. Of a field that is unknown it is the name; of one that is missing, where it should have been. */
export function placeOf(root: Node, path: readonly string[]): number {
  let node: unknown = root;
  let at = startOf(root);
  for (const [index, step] of path.entries()) {
    const pair: Pair | undefined = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : undefined;
    node = pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined;
    const isUnknown = pair && index === path.length - 1 && !isKnown(step);
    const place = isUnknown ? pair.key : node;
    if (place === undefined || place === null) return at;
    at = startOf(place as Node);
  }
  return at;
}

const known = new Set([...Object.keys(overrideFileFrame.properties), ...Object.keys(override.properties)]);
const isKnown = (name: string): boolean => known.has(name);
