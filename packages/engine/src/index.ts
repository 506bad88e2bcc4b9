export type * from './model.ts';
export type { Outcome } from './outcome.ts';
export { type Change, compile, type FlagSet, update } from './flag-set.ts';
export { evaluate, evaluateAll, resolve, type Widened } from './evaluate.ts';
export { type AnswerWord, type ConditionTrail, explain, type Explanation, type ServeTrail, type TrailStep } from './explain.ts';
export { FORMAT, formatHeader, formatItem, formatLine, parseHeader, parseItem } from './lines.ts';
export { formatSnapshot, parseSnapshot } from './snapshot.ts';
export { addDigest, checksumOf, digestOf, subDigest } from './digest.ts';
export { bucketOf } from './bucket.ts';
export { reweigh, rollout, shareOf } from './reweigh.ts';
export { hashedLiteral, type HashedPlace, type Literal } from './hashed.ts';
export { hideComparison, hidePin, hideSegment } from './hide.ts';
export { needsOf, referencedFlags, referencedSegments } from './references.ts';
export { partsOf } from './parts.ts';
export { coreRows } from './rows/core.ts';
export {
  capabilities,
  combineRows,
  type Hash,
  type HashInput,
  type Operator,
  type Rows,
  type ValueSort,
  type ValueTest,
} from './rows/operator.ts';
