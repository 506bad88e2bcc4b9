export type * from './model.ts';
export { evaluate, evaluateAll, resolve, type Widened } from './evaluate.ts';
export { type Change, compile, FlagSet, update } from './flag-set.ts';
export { formatItem, formatLine, formatHeader, parseItem } from './lines.ts';
export { formatSnapshot, parseSnapshot } from './snapshot.ts';
export { addDigest, checksumOf, digestOf, subDigest } from './digest.ts';
export { bucketOf } from './bucket.ts';
export { hashedLiteral, type HashedPlace, type Literal } from './hashed.ts';
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
