import { isAlias, isCollection, isPair, isScalar, type Node, type Scalar } from 'yaml';
import { OVERRIDE_FILE_LEVELS } from '../limits.ts';
import type { Fault } from './fault.ts';

/**
 * What YAML can and an override file must not: names for values, types by tag, fields that are no text, and numbers that are not what
 * is written. Each would make a value depend on more than the place where it stands.
 */
export function* unplain(part: unknown, level = 0): Generator<Fault, void> {
  if (isPair(part)) {
    yield* unplainName(part.key);
    yield* unplain(part.value, level);
  } else if (isNode(part)) {
    yield* properties(part);
    if (isScalar(part)) yield* unplainNumber(part);
    if (!isCollection(part)) return;
    if (level >= OVERRIDE_FILE_LEVELS) yield { at: startOf(part), message: 'this nests too deep for an override file' };
    else for (const item of part.items) yield* unplain(item, level + 1);
  }
}

const isNode = (part: unknown): part is Node => isScalar(part) || isCollection(part) || isAlias(part);
export const startOf = ({ range }: Node): number => range?.[0] ?? 0;

function* properties(node: Node): Generator<Fault, void> {
  const at = startOf(node);
  if (isAlias(node)) yield { at, message: `aliases (*${node.source}) are not read here: write the value out` };
  else if (node.anchor !== undefined)
    yield { at, message: `anchors (&${node.anchor}) are not read here: write the value out each time` };
  if (node.tag !== undefined)
    yield {
      at,
      message: `tags (${node.tag.replace('tag:yaml.org,2002:', '!!')}) are not read here: put text in quotes, write numbers plainly`,
    };
}

function* unplainName(key: unknown): Generator<Fault, void> {
  if (isScalar(key) && typeof key.value === 'string' && key.value !== '<<') return yield* properties(key);
  const at = isNode(key) ? startOf(key) : 0;
  if (isScalar(key) && key.value === '<<') yield { at, message: 'merging (<<) is not done here: write the fields out' };
  else yield { at, message: "a field's name must be plain text" };
}

/** 8.10 is a version to people and 8.1 to YAML. */
function* unplainNumber(node: Scalar): Generator<Fault, void> {
  const { value, source } = node;
  if (typeof value !== 'number' || source === undefined || source === String(value)) return;
  const read = Number.isFinite(value) ? `as the number ${value}` : 'as a number that JSON does not have';
  const isExact = Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value));
  const number = isExact ? `, or ${value} if it is the number` : '';
  yield { at: startOf(node), message: `YAML reads ${source} ${read}: write "${source}" in quotes if it is text${number}` };
}
