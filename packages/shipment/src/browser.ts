export {
  type DecodedSupportCode,
  decodeSupportCode,
  encodeSupportCode,
  type SupportCode,
  type SupportLayer,
  type SupportValue,
} from './support/support-code.ts';
export { digestTag, type EntryEffect, entryTag, tagOf } from './support/tag.ts';
export { BUNDLE_FORMAT, type ReadBundle, readBundle } from './support/read-bundle.ts';
